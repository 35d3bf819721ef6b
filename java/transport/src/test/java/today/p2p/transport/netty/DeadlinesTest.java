package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** Each deadline; that of connecting is in {@link DialTest}. */
class DeadlinesTest {
    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void aPeerThatTakesNothingLosesItsOwnConnectionAndNoOther() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().threads(1).writeDeadline(SOON));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            ends.socket(listener);
            Recorder stalled = ends.next();
            Socket reader = ends.socket(listener);
            Recorder honest = ends.next();
            byte[] chunk = new byte[64 * 1024];
            while (stalled.connection().write(chunk) == WriteResult.QUEUED) {
                assertThat(stalled.connection().queuedBytes()).isLessThanOrEqualTo(4L << 20);
            }

            honest.connection().write(new byte[] {3});
            assertThat(reader.getInputStream().read()).isEqualTo(3);
            assertThat(stalled.end()).isEqualTo(Kind.WRITE_STALLED);
            assertThat(honest.connection().isOpen()).isTrue();
            assertThat(transport.stats().queuedBytes()).isZero();
        }
    }

    @Test
    void aPeerThatReadsSlowlyIsNotStalled() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().writeDeadline(Duration.ofSeconds(1)));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            Socket peer = ends.socket(listener);
            Recorder recorder = ends.next();
            Connection connection = recorder.connection();
            for (int i = 0; i < 60; i++) {
                connection.write(new byte[64 * 1024]);
            }
            // Twice the deadline, in all: 60 reads of 64 KiB, one every 35 ms.
            byte[] buffer = new byte[64 * 1024];
            for (int i = 0; i < 60; i++) {
                assertThat(peer.getInputStream().readNBytes(buffer, 0, buffer.length))
                        .isEqualTo(buffer.length);
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(35).toNanos());
            }

            assertThat(recorder.disconnected).isNotDone();
            await().until(() -> connection.queuedBytes() == 0);
        }
    }

    @Test
    void aSilentPeerIsIdleAndATalkingOneIsNot() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().idleDeadline(Duration.ofMillis(500)));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            ends.socket(listener);
            Recorder silent = ends.next();
            Socket talking = ends.socket(listener);
            Recorder talker = ends.next();

            while (!silent.disconnected.isDone()) {
                talking.getOutputStream().write(1);
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(20).toNanos());
            }

            assertThat(silent.end()).isEqualTo(Kind.IDLE);
            assertThat(talker.connection().isOpen()).isTrue();
        }
    }

    @Test
    void aPausedConnectionIsNotIdle() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().idleDeadline(SOON));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT, () -> new Recorder() {
                @Override
                public void connected(Connection connection) {
                    connection.pause();
                    super.connected(connection);
                }
            });
            ends.socket(listener);
            Recorder paused = ends.next();
            Connection connection = paused.connection();
            java.util.concurrent.CountDownLatch later = new java.util.concurrent.CountDownLatch(1);
            connection.schedule(later::countDown, SOON.multipliedBy(3));
            later.await();

            assertThat(connection.isOpen()).isTrue();
            connection.resume();
            assertThat(paused.end()).isEqualTo(Kind.IDLE);
        }
    }

    @Test
    void aHandshakeOfTheUsersThatIsNotReadyIsTimedOut() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().handshakeDeadline(SOON));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT, () -> new Recorder() {
                @Override
                public boolean awaitsReady() {
                    return true;
                }
            });
            ends.socket(listener);
            Recorder slow = ends.next();
            ends.socket(listener);
            Recorder quick = ends.next();
            quick.connection().ready();

            assertThat(slow.end()).isEqualTo(Kind.HANDSHAKE_TIMED_OUT);
            assertThat(quick.connection().isOpen()).isTrue();
        }
    }

    @Test
    void aSilentClientOfATlsPortIsTimedOutBeforeItIsConnected() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().handshakeDeadline(SOON));
            Listener listener = ends.listen(transport, Encryption.TLS_UNVERIFIED);
            Socket silent = ends.socket(listener);

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            await().until(() -> transport.stats().closed().containsKey(Kind.HANDSHAKE_TIMED_OUT));
            assertThat(ends.next().order).isEmpty();
            assertThat(transport.stats().pending()).isZero();
        }
    }

    @Test
    void aServerThatSaysNoTlsTimesTheDialOut() throws Exception {
        try (Ends ends = new Ends();
                ServerSocket mute = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Transport transport = ends.transport(Ends.config().handshakeDeadline(SOON));

            assertThat(LimitsTest.failure(transport.dial(
                            "127.0.0.1", mute.getLocalPort(), new Recorder(), DialOptions.TLS_UNVERIFIED)))
                    .isEqualTo(DialFailedException.Kind.HANDSHAKE_TIMED_OUT);
            await().until(() -> transport.stats().open() == 0);
        }
    }

    @Test
    void aCloseThatCannotDrainIsGivenUpWithinTheWriteDeadline() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().writeDeadline(SOON));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            ends.socket(listener);
            Recorder stalled = ends.next();
            while (stalled.connection().write(new byte[64 * 1024]) == WriteResult.QUEUED) {
                assertThat(stalled.connection().isOpen()).isTrue();
            }
            stalled.connection().close();

            assertThat(stalled.end()).isEqualTo(Kind.LOCAL);
        }
    }
}
