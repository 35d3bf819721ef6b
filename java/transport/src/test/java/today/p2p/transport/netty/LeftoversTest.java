package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Transport;

/** What a connection that has ended leaves in memory while its transport lives on: nothing, whatever its deadlines. */
class LeftoversTest {
    private static final Duration LONG = Duration.ofDays(365);

    private final Ends ends = new Ends();
    private ServerSocket server;
    private Transport transport;

    @BeforeEach
    void open() throws Exception {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        transport = ends.transport(Ends.config().threads(1).writeDeadline(LONG).idleDeadline(LONG));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        ends.close();
    }

    @Test
    void aConnectionThatThisSideHasClosedIsHeldByNoTimer() throws Exception {
        assertIsFreed(closedByThisSide());
    }

    @Test
    void aConnectionThatEndedWithBytesInItsQueueIsHeldByNoTimer() throws Exception {
        assertIsFreed(lostWhileWriting());
    }

    // Each in a method of its own, so that no variable of the test holds what is to be freed.
    private WeakReference<Recorder> closedByThisSide() throws Exception {
        Recorder recorder = new Recorder();
        Connection connection = dial(recorder);
        try (Socket peer = server.accept()) {
            connection.close();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(recorder.end()).isEqualTo(Kind.LOCAL);
        return new WeakReference<>(recorder);
    }

    private WeakReference<Recorder> lostWhileWriting() throws Exception {
        Recorder recorder = new Recorder();
        Connection connection = dial(recorder);
        try (Socket peer = server.accept()) {
            byte[] chunk = new byte[64 * 1024];
            while (connection.write(chunk) == Connection.WriteResult.QUEUED) {
                assertThat(peer.isClosed()).isFalse();
            }
        }
        recorder.end();
        return new WeakReference<>(recorder);
    }

    private Connection dial(Recorder recorder) throws Exception {
        transport
                .dial("127.0.0.1", server.getLocalPort(), recorder, DialOptions.PLAINTEXT)
                .get(Recorder.PATIENCE_SECONDS, java.util.concurrent.TimeUnit.SECONDS);
        return recorder.connection();
    }

    private static void assertIsFreed(WeakReference<Recorder> recorder) {
        await().atMost(Duration.ofSeconds(Recorder.PATIENCE_SECONDS)).until(() -> {
            System.gc();
            return recorder.get() == null;
        });
    }
}
