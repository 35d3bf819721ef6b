package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    void tasksThatFollowEachOtherLeaveTimeForWhatComes(Io io) throws Exception {
        assumeTrue(NettyTransport.isAvailable(io));
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config().io(io));
            Socket peer = ends.socket(ends.listen(a, Encryption.PLAINTEXT));
            Recorder accepted = ends.next();
            AtomicInteger tasks = new AtomicInteger();
            CompletableFuture<Integer> came = new CompletableFuture<>();
            Connection connection = accepted.connection();
            connection.execute(new Runnable() {
                @Override
                public void run() {
                    long began = System.nanoTime();
                    while (System.nanoTime() - began < 100_000) {
                        Thread.onSpinWait();
                    }
                    tasks.incrementAndGet();
                    if (accepted.bytes().length == 0) {
                        connection.execute(this);
                    } else {
                        came.complete(tasks.get());
                    }
                }
            });
            await().until(() -> tasks.get() > 10);
            peer.getOutputStream().write(1);
            // It has come to this machine now: what is counted is for how long the loop does not look.
            int before = tasks.get();

            assertThat(came.get(60, TimeUnit.SECONDS) - before).isLessThan(500);
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void aPauseHoldsAndAFullSocketStalls(Io io) throws Exception {
        assumeTrue(NettyTransport.isAvailable(io));
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config().io(io).writeDeadline(Duration.ofMillis(200)));
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

    @ParameterizedTest
    @EnumSource(Io.class)
    void whatAPeerSentBeforeItClosedComesBeforeItsEndHoweverOftenReadingPauses(Io io) throws Exception {
        assumeTrue(NettyTransport.isAvailable(io));
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config().io(io));
            Transport b = ends.transport(Ends.config().io(io));
            for (Encryption encryption : Encryption.values()) {
                Recorder pausing = new Recorder() {
                    @Override
                    public void received(Connection connection, ByteBuffer bytes) {
                        super.received(connection, bytes);
                        connection.pause();
                        connection.execute(() -> order.add("turn"));
                        connection.schedule(connection::resume, Duration.ofNanos(order.size() * 10_000L));
                    }
                };
                Listener listener = ends.listen(a, encryption, () -> pausing);
                Connection out = Ends.dial(b, listener, new Recorder(), DialOptions.of(encryption));
                out.write(new byte[1_000_000]);
                out.close();

                assertThat(pausing.end()).isEqualTo(Kind.REMOTE);
                assertThat(pausing.bytes()).hasSize(1_000_000);
                assertThat(pausing.order).startsWith("connected").endsWith("disconnected");
                assertNothingBetween(pausing.order);
            }
        }
    }

    private static void assertNothingBetween(List<String> order) {
        for (int i = 1; i + 2 < order.size(); i++) {
            if (order.get(i).equals("received")) {
                assertThat(order.get(i + 1)).as("after a pause").isEqualTo("turn");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Io.class)
    void aPausedConnectionWhosePeerHasGoneCanBeClosed(Io io) throws Exception {
        assumeTrue(NettyTransport.isAvailable(io));
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen(ends.transport(Ends.config().io(io)), Encryption.PLAINTEXT);
            Socket peer = ends.socket(listener);
            Recorder recorder = ends.next();
            Connection connection = recorder.connection();
            connection.pause();
            peer.getOutputStream().write(new byte[100_000]);
            peer.close();
            connection.execute(connection::close);

            assertThat(recorder.end()).isIn(Kind.LOCAL, Kind.REMOTE, Kind.IO_FAILURE);
            assertThat(recorder.order).doesNotContain("received");
        }
    }
}
