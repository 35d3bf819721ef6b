package today.p2p.transport.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.EventLoop;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** What one connection promises its user: bytes, their order, and the order of what it hears. */
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

    @Test
    void aMessageOf64KibAndItsHeaderIsOneWrite() throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen(ends.transport(Ends.config()), Encryption.PLAINTEXT);
            List<Long> writes = new CopyOnWriteArrayList<>();
            Recorder dialled = new Recorder() {
                @Override
                public void written(Connection connection, long bytes) {
                    writes.add(bytes);
                    super.written(connection, bytes);
                }
            };
            Connection there = Ends.dial(ends.transport(Ends.config()), listener, dialled, DialOptions.PLAINTEXT);
            there.write(new byte[65_700]);
            await().until(() -> dialled.written.get() == 65_700);
            there.write(new byte[200_000]);
            Recorder accepted = ends.next();
            await().until(() -> accepted.bytes().length == 265_700 && dialled.written.get() == 265_700);

            assertThat(writes).startsWith(65_700L).hasSizeGreaterThan(2);
            assertThat(writes).allSatisfy(bytes -> assertThat(bytes).isLessThanOrEqualTo(5 * 65_536 / 4));
        }
    }

    @Test
    void bothSidesKnowEachOthersNumericAddressesAndWhoDialled() throws Exception {
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config());
            Listener listener = ends.listen(a, Encryption.PLAINTEXT);
            Connection out = Ends.dial(ends.transport(Ends.config()), listener, new Recorder(), DialOptions.PLAINTEXT);
            Connection in = ends.next().connection();

            assertThat(out.remoteAddress()).isEqualTo(listener.address()).isEqualTo(in.localAddress());
            assertThat(out.localAddress()).isEqualTo(in.remoteAddress());
            assertThat(out.remoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
            assertThat(out.direction()).isEqualTo(Connection.Direction.OUTGOING);
            assertThat(in.direction()).isEqualTo(Connection.Direction.INCOMING);
            assertThat(in.id()).isEqualTo(1);
        }
    }

    @Test
    void hooksComeInOrderAndOnceOverAThousandConnections() throws Exception {
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config());
            Transport b = ends.transport(Ends.config());
            Listener listener = ends.listen(a, Encryption.PLAINTEXT);
            for (int i = 0; i < 1000; i++) {
                Recorder dialled = new Recorder();
                Connection out = Ends.dial(b, listener, dialled, DialOptions.PLAINTEXT);
                out.write(new byte[] {(byte) i});
                out.close();
                Recorder accepted = ends.next();
                accepted.end();
                dialled.end();

                assertThat(accepted.order).containsExactly("connected", "received", "disconnected");
                assertThat(dialled.order).containsExactly("connected", "disconnected");
            }
            assertThat(a.stats().openedIncoming()).isEqualTo(1000);
            assertThat(a.stats().closed()).containsEntry(Kind.REMOTE, 1000L);
            assertThat(a.stats().open()).isZero();
        }
    }

    @Test
    void aSmallWriteOfPiecesIsReadByThePeerInOneRead() throws Exception {
        try (Ends ends = new Ends()) {
            Socket peer = ends.socket(ends.listen());
            Connection connection = ends.next().connection();
            byte[] buffer = new byte[4096];
            for (int i = 0; i < 200; i++) {
                connection.write(List.of(
                        ByteBuffer.wrap(new byte[4]), ByteBuffer.wrap(new byte[300]), ByteBuffer.wrap(new byte[7])));

                assertThat(peer.getInputStream().read(buffer)).isEqualTo(311);
            }
        }
    }

    @Test
    void writesOfOneTurnLeaveTogetherAndKeepTheirOrder() throws Exception {
        try (Ends ends = new Ends()) {
            Socket peer = ends.socket(ends.listen());
            Connection connection = ends.next().connection();

            connection.execute(() -> {
                for (int i = 0; i < 100; i++) {
                    connection.write(new byte[] {(byte) i, (byte) i});
                }
            });
            byte[] buffer = new byte[4096];
            int count = peer.getInputStream().read(buffer);

            assertThat(count).isEqualTo(200);
            assertThat(buffer[199]).isEqualTo((byte) 99);
        }
    }

    @Test
    void aMebibyteArrivesWholeAndIsCountedAsTheSocketTakesIt() throws Exception {
        long seed = Long.getLong("p2p.seed", System.nanoTime());
        byte[] sent = new byte[1 << 20];
        new Random(seed).nextBytes(sent);
        try (Ends ends = new Ends()) {
            Recorder recorder = new Recorder();
            Socket peer = ends.socket(ends.listen(() -> recorder));
            Connection connection = recorder.connection();

            assertThat(connection.write(
                            List.of(ByteBuffer.wrap(sent, 0, 10), ByteBuffer.wrap(sent, 10, sent.length - 10))))
                    .isEqualTo(WriteResult.QUEUED);
            byte[] read = new byte[sent.length];
            new DataInputStream(peer.getInputStream()).readFully(read);

            assertThat(read).as("seed %d", seed).isEqualTo(sent);
            await().until(() -> recorder.written.get() == sent.length);
            assertThat(connection.queuedBytes()).isZero();
        }
    }

    @Test
    void oneBufferMayBeWrittenToManyAndIsLeftAsItWas() throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen();
            Socket first = ends.socket(listener);
            Connection one = ends.next().connection();
            Socket second = ends.socket(listener);
            Connection two = ends.next().connection();
            ByteBuffer shared = ByteBuffer.allocateDirect(70_000);

            one.write(shared);
            two.write(shared);

            assertThat(shared.remaining()).isEqualTo(70_000);
            assertThat(first.getInputStream().readNBytes(70_000)).hasSize(70_000);
            assertThat(second.getInputStream().readNBytes(70_000)).hasSize(70_000);
        }
    }

    @Test
    void nothingIsReceivedWhilePausedAndAllOfItAfterwards() throws Exception {
        try (Ends ends = new Ends()) {
            Recorder recorder = new Recorder() {
                @Override
                public void received(Connection connection, ByteBuffer bytes) {
                    super.received(connection, bytes);
                    connection.pause();
                }
            };
            Socket peer = ends.socket(ends.listen(() -> recorder));
            peer.getOutputStream().write(1);
            await().until(() -> recorder.bytes().length == 1);

            peer.getOutputStream().write(new byte[100]);
            CountDownLatch turns = new CountDownLatch(1);
            Connection connection = recorder.connection();
            connection.schedule(turns::countDown, Duration.ofMillis(50));
            turns.await();

            assertThat(recorder.bytes()).hasSize(1);
            connection.resume();
            await().until(() -> recorder.bytes().length == 101);
        }
    }

    @Test
    void tasksRunOnTheLoopOfTheConnectionAndCancelledOnesDoNot() throws Exception {
        try (Ends ends = new Ends()) {
            ends.socket(ends.listen());
            Connection connection = ends.next().connection();
            CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
            CompletableFuture<EventLoop.Timer> cancelled = new CompletableFuture<>();
            AtomicInteger ran = new AtomicInteger();

            // In one turn of the loop, so that it cannot run before it is cancelled.
            connection.execute(() -> {
                EventLoop.Timer never = connection.schedule(ran::incrementAndGet, Duration.ofMillis(20));
                boolean wasPending = never.cancel();
                connection.schedule(() -> onLoop.complete(connection.loop().isCurrent()), Duration.ofMillis(40));
                ran.addAndGet(wasPending ? 0 : 100);
                cancelled.complete(never);
            });

            assertThat(onLoop.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ran).as("neither run nor too late to cancel").hasValue(0);
            assertThat(cancelled.join().cancel()).isFalse();
        }
    }

    @Test
    void noTaskOfAConnectionRunsAfterItsEnd() throws Exception {
        try (Ends ends = new Ends()) {
            ends.socket(ends.listen());
            Recorder recorder = ends.next();
            Connection connection = recorder.connection();
            AtomicInteger ran = new AtomicInteger();
            // In one turn of the loop, so that it cannot run before the end.
            connection.execute(() -> {
                connection.schedule(ran::incrementAndGet, Duration.ofMillis(30));
                connection.abort(DisconnectReason.of(Kind.LIMIT, "enough"));
            });
            recorder.end();
            connection.execute(ran::incrementAndGet);
            CountDownLatch later = new CountDownLatch(1);
            connection.loop().schedule(later::countDown, Duration.ofMillis(60));
            later.await();

            assertThat(ran).hasValue(0);
            assertThat(recorder.disconnected.join().kind()).isEqualTo(Kind.LIMIT);
            assertThat(connection.write(new byte[1])).isEqualTo(WriteResult.CLOSED);
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void closeSendsWhatIsQueuedAndThePeerReadsItToTheEnd() throws Exception {
        try (Ends ends = new Ends()) {
            Socket peer = ends.socket(ends.listen());
            Recorder recorder = ends.next();
            Connection connection = recorder.connection();
            // What we never read must not turn the close into a reset.
            peer.getOutputStream().write(new byte[100]);
            connection.write(new byte[3_000_000]);

            connection.close();

            assertThat(connection.write(new byte[1])).isEqualTo(WriteResult.CLOSED);
            assertThat(peer.getInputStream().readAllBytes()).hasSize(3_000_000);
            peer.close();
            assertThat(recorder.end()).isEqualTo(Kind.LOCAL);
            assertThat(recorder.written.get()).isEqualTo(3_000_000);
        }
    }

    @Test
    void nothingIsReceivedAfterACloseEvenInTheMiddleOfARead() throws Exception {
        try (Ends ends = new Ends()) {
            Recorder recorder = new Recorder() {
                @Override
                public void received(Connection connection, ByteBuffer bytes) {
                    super.received(connection, bytes);
                    connection.close();
                }
            };
            Socket peer = ends.socket(ends.listen(() -> recorder));
            peer.getOutputStream().write(new byte[1_000_000]);
            peer.close();

            recorder.end();
            assertThat(recorder.order).containsExactly("connected", "received", "disconnected");
        }
    }

    @Test
    void bothSidesMayCloseAtTheSameTime() throws Exception {
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config());
            Transport b = ends.transport(Ends.config());
            Listener listener = ends.listen(a, Encryption.PLAINTEXT);
            for (int i = 0; i < 100; i++) {
                Recorder dialled = new Recorder();
                Connection out = Ends.dial(b, listener, dialled, DialOptions.PLAINTEXT);
                Recorder accepted = ends.next();
                Connection in = accepted.connection();

                CompletableFuture<Void> first = CompletableFuture.runAsync(out::close);
                in.close();
                first.join();

                assertThat(dialled.end()).isIn(Kind.LOCAL, Kind.REMOTE);
                assertThat(accepted.end()).isIn(Kind.LOCAL, Kind.REMOTE);
                assertThat(dialled.order).endsWith("disconnected").containsOnlyOnce("disconnected");
            }
            assertThat(b.connections()).isEmpty();
        }
    }

    @Test
    void theFirstReasonOfSeveralCounts() throws Exception {
        try (Ends ends = new Ends()) {
            ends.socket(ends.listen());
            Recorder recorder = ends.next();
            Connection connection = recorder.connection();

            connection.execute(() -> {
                connection.close(DisconnectReason.of(Kind.MALFORMED, "first"));
                connection.abort(DisconnectReason.of(Kind.LOCAL, "second"));
            });

            assertThat(recorder.end()).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void aResetByThePeerIsAFailureOfTheSocket() throws Exception {
        try (Ends ends = new Ends()) {
            Socket peer = ends.socket(ends.listen());
            Recorder recorder = ends.next();
            recorder.connection();

            peer.setSoLinger(true, 0);
            peer.close();

            assertThat(recorder.end()).isEqualTo(Kind.IO_FAILURE);
            assertThat(recorder.disconnected.join().thrown()).isPresent();
        }
    }
}
