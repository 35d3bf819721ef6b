package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
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
        Duration idle = Duration.ofMillis(500);
        boolean hasTalked = false;
        // What was silent itself, since the machine did not let it talk, says nothing: once more, with more time.
        while (!hasTalked) {
            hasTalked = talksWhileAnotherIsIdle(idle);
            idle = idle.multipliedBy(2);
        }
    }

    /** Whether the peer that talks was never kept from it for half of the deadline. */
    private static boolean talksWhileAnotherIsIdle(Duration idle) throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().idleDeadline(idle));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            ends.socket(listener);
            Recorder silent = ends.next();
            long last = System.nanoTime();
            Socket talking = ends.socket(listener);
            Recorder talker = ends.next();
            long longest = 0;
            while (!silent.disconnected.isDone() && longest < idle.toNanos() / 2) {
                talking.getOutputStream().write(1);
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(20).toNanos());
                long now = System.nanoTime();
                longest = Math.max(longest, now - last);
                last = now;
            }
            boolean isOpen = talker.connection().isOpen();
            if (Math.max(longest, System.nanoTime() - last) >= idle.toNanos() / 2) {
                return false;
            }
            assertThat(silent.end()).isEqualTo(Kind.IDLE);
            assertThat(isOpen).isTrue();
            return true;
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
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT, () -> new Awaiting(connection -> {}));
            ends.socket(listener);
            Recorder slow = ends.next();
            Listener other = ends.listen(transport, Encryption.PLAINTEXT, () -> new Awaiting(Connection::ready));
            ends.socket(other);
            Recorder quick = ends.next();

            assertThat(slow.end()).isEqualTo(Kind.HANDSHAKE_TIMED_OUT);
            assertThat(quick.connection().isOpen()).isTrue();
        }
    }

    /** It does at once what it does, however late the test is. */
    private static final class Awaiting extends Recorder {
        private final Consumer<Connection> first;

        Awaiting(Consumer<Connection> first) {
            this.first = first;
        }

        @Override
        public boolean awaitsReady() {
            return true;
        }

        @Override
        public void connected(Connection connection) {
            first.accept(connection);
            super.connected(connection);
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
