package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import today.p2p.transport.Connection;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportConfig.Io;

/** Each way to talk to the system behaves the same, where it is available. */
class IoTest {
    @ParameterizedTest
    @EnumSource(Io.class)
    void bytesReasonsAndTheEndAreTheSame(Io io) throws Exception {
        assumeTrue(NettyTransport.isAvailable(io));
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config().io(io));
            Transport b = ends.transport(Ends.config().io(io));
            for (Encryption encryption : Encryption.values()) {
                Listener listener = ends.listen(a, encryption);
                Recorder dialled = new Recorder();
                Connection out = Ends.dial(b, listener, dialled, DialOptions.of(encryption));
                Recorder accepted = ends.next();
                out.write(new byte[500_000]);
                await().until(() -> accepted.bytes().length == 500_000);
                accepted.connection().close();

                assertThat(accepted.end()).isEqualTo(Kind.LOCAL);
                assertThat(dialled.end()).isEqualTo(Kind.REMOTE);
                assertThat(dialled.written.get()).isEqualTo(500_000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void aPauseHoldsAndAFullSocketStalls(Io io) throws Exception {
        assumeTrue(NettyTransport.isAvailable(io));
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config().io(io).writeDeadline(java.time.Duration.ofMillis(200)));
            Listener listener = ends.listen(a, Encryption.PLAINTEXT);
            ends.socket(listener);
            Recorder stalled = ends.next();
            while (stalled.connection().write(new byte[64 * 1024]) == Connection.WriteResult.QUEUED) {
                assertThat(stalled.disconnected).isNotDone();
            }
            assertThat(stalled.end()).isEqualTo(Kind.WRITE_STALLED);

            Socket peer = ends.socket(listener);
            Connection connection = ends.next().connection();
            connection.write(new byte[100]);
            new DataInputStream(peer.getInputStream()).readFully(new byte[100]);
            assertThat(connection.isOpen()).isTrue();
        }
    }
}
