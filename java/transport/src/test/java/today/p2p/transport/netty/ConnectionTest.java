package today.p2p.transport.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** What one connection promises its user. */
class ConnectionTest {
    @Test
    void bytesGoBothWaysAndTheEndHasAReasonOnBothSides() throws Exception {
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config());
            Transport b = ends.transport(Ends.config());
            Listener listener = ends.listen(a, Encryption.PLAINTEXT);
            Recorder dialled = new Recorder();
            Connection there = Ends.dial(b, listener, dialled, DialOptions.PLAINTEXT);
            Recorder accepted = ends.next();

            there.write(List.of(ByteBuffer.wrap("he".getBytes(US_ASCII)), ByteBuffer.wrap("llo".getBytes(US_ASCII))));
            accepted.connection().write("bye".getBytes(US_ASCII));
            await().until(() -> accepted.bytes().length == 5 && dialled.bytes().length == 3);
            there.close();

            assertThat(dialled.end()).isEqualTo(Kind.LOCAL);
            assertThat(accepted.end()).isEqualTo(Kind.REMOTE);
            assertThat(dialled.written.get()).isEqualTo(5);
            assertThat(accepted.order).containsExactly("connected", "received", "disconnected");
        }
    }
}
