package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import today.p2p.transport.CloseReport;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** What is left after a close: nothing but a report. */
class ShutdownTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Test
    void closingSendsWhatIsQueuedAndReportsThatNothingIsLeft() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            Socket peer = ends.socket(listener);
            Recorder recorder = ends.next();
            recorder.connection().write(new byte[2_000_000]);

            CompletableFuture<CloseReport> report = transport.shutdown(Duration.ofSeconds(60));
            assertThat(peer.getInputStream().readAllBytes()).hasSize(2_000_000);
            peer.close();

            assertThat(report.get(60, TimeUnit.SECONDS)).isEqualTo(new CloseReport(1, List.of()));
            assertThat(recorder.end()).isEqualTo(Kind.TRANSPORT_CLOSED);
            assertThat(listener.isOpen()).isFalse();
        }
    }

    @Test
    void whatCouldNotBeSentIsReportedByConnection() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            ends.socket(listener);
            Recorder stalled = ends.next();
            Connection connection = stalled.connection();
            while (connection.write(new byte[64 * 1024]) == WriteResult.QUEUED) {
                assertThat(connection.isOpen()).isTrue();
            }
            Socket good = ends.socket(listener);
            ends.next().connection().write(new byte[10]);

            CloseReport report = transport.shutdown(Duration.ofSeconds(1)).get(60, TimeUnit.SECONDS);

            assertThat(good.getInputStream().readAllBytes()).hasSize(10);
            assertThat(report.connections()).isEqualTo(2);
            assertThat(report.isDrained()).isFalse();
            assertThat(report.unsent()).singleElement().satisfies(unsent -> {
                assertThat(unsent.connection()).isEqualTo(connection.id());
                assertThat(unsent.remote()).isEqualTo(connection.remoteAddress());
                assertThat(unsent.bytes()).isBetween(1L, 4L << 20);
            });
            assertThat(stalled.end()).isEqualTo(Kind.TRANSPORT_CLOSED);
        }
    }

    @Test
    void aClosedTransportRefusesEverythingAndMayBeClosedAgain() throws Exception {
        Transport transport = NettyTransport.open(Ends.config().build());
        transport.close();
        transport.close();

        assertThat(transport.isClosed()).isTrue();
        assertThat(transport.shutdown(Duration.ZERO).get().connections()).isZero();
        assertThat(LimitsTest.failure(transport.dial("127.0.0.1", 9, new Recorder(), DialOptions.PLAINTEXT)))
                .isEqualTo(DialFailedException.Kind.CLOSED);
        assertThatThrownBy(() ->
                        transport.listen(new InetSocketAddress("127.0.0.1", 0), Encryption.PLAINTEXT, Recorder::new))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallbackMayCloseTheTransport() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Recorder closing = new Recorder() {
                @Override
                public void received(Connection connection, ByteBuffer bytes) {
                    transport.close();
                }
            };
            Socket peer = ends.socket(ends.listen(transport, Encryption.PLAINTEXT, () -> closing));
            peer.getOutputStream().write(1);

            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            peer.close();
            assertThat(closing.end()).isEqualTo(Kind.TRANSPORT_CLOSED);
        }
    }

    @Test
    void openDialsFailWhenTheTransportCloses() throws Exception {
        try (Ends ends = new Ends();
                var mute = new java.net.ServerSocket(0, 50, java.net.InetAddress.getByName("127.0.0.1"))) {
            Transport transport = ends.transport(Ends.config());
            CompletableFuture<Connection> dial =
                    transport.dial("127.0.0.1", mute.getLocalPort(), new Recorder(), DialOptions.TLS_UNVERIFIED);
            await().until(() -> transport.stats().open() == 1);
            transport.close();

            assertThat(LimitsTest.failure(dial)).isEqualTo(DialFailedException.Kind.CLOSED);
        }
    }

    @Test
    void noThreadAndNoDescriptorIsLeft() throws Exception {
        useAndClose("warm-up");
        long before = descriptors();
        for (int i = 0; i < 5; i++) {
            useAndClose("leak-" + i);
        }

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("p2p-leak-")));
        // Five rounds that leak would leave five; the JVM may open a file of its own meanwhile.
        await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 5));
    }

    private static void useAndClose(String name) throws Exception {
        Transport transport = NettyTransport.open(Ends.config().name(name).build());
        for (Encryption encryption : Encryption.values()) {
            Recorder accepted = new Recorder();
            Listener listener = transport.listen(new InetSocketAddress("127.0.0.1", 0), encryption, () -> accepted);
            try (Transport other = NettyTransport.open(Ends.config().name(name).build())) {
                Connection out = Ends.dial(other, listener, new Recorder(), DialOptions.of(encryption));
                out.write(new byte[10]);
                await().until(() -> accepted.bytes().length == 10);
            }
        }
        transport.close();
    }

    private static long descriptors() throws Exception {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    /** More with {@code -Dp2p.links=100000}. */
    @Test
    void openUseAndCloseTenThousandTimes() throws Exception {
        int links = Integer.getInteger("p2p.links", 10_000);
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config());
            Transport b = ends.transport(Ends.config());
            Listener listener = a.listen(new InetSocketAddress("0.0.0.0", 0), Encryption.PLAINTEXT, Echo::new);
            long before = descriptors();
            List<Echoed> batch = new ArrayList<>();
            for (int i = 0; i < links; i++) {
                // Each loopback address has ports of its own, so none has to be waited for.
                Echoed echoed = new Echoed();
                batch.add(echoed);
                b.dial("127.0.0." + (1 + i % 250), listener.address().getPort(), echoed, DialOptions.PLAINTEXT)
                        .exceptionally(echoed::failed);
                if (batch.size() == 50) {
                    for (Echoed each : batch) {
                        assertThat(each.end()).isEqualTo(Kind.LOCAL);
                        assertThat(each.bytes()).hasSize(3);
                    }
                    batch.clear();
                }
            }

            await().until(() -> a.stats().open() == 0 && b.stats().open() == 0);
            assertThat(a.stats().openedIncoming())
                    .isEqualTo(b.stats().openedOutgoing())
                    .isEqualTo(links);
            assertThat(a.stats().bytesIn()).isEqualTo(b.stats().bytesOut()).isEqualTo(3L * links);
            // Links that leak would leave more than the few files that the JVM may open meanwhile.
            await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 10));
        }
    }

    private static final class Echo extends Recorder {
        @Override
        public void received(Connection connection, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            connection.write(copy);
        }
    }

    private static final class Echoed extends Recorder {
        @Override
        public void connected(Connection connection) {
            connection.write(new byte[3]);
        }

        @Override
        public void received(Connection connection, ByteBuffer bytes) {
            super.received(connection, bytes);
            connection.close();
        }

        @org.jspecify.annotations.Nullable
        Connection failed(Throwable thrown) {
            disconnected.completeExceptionally(thrown);
            return null;
        }
    }
}
