package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.TransportStats.Limit;

/** Each limit at the limit and one past it. */
class LimitsTest {
    @Test
    void whoListensWhereNobodyCanIsToldSo() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 4444);

            assertThatThrownBy(() -> transport.listen(nowhere, Encryption.PLAINTEXT, Recorder::new))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on nowhere.invalid:4444: there is no such host");
            assertThatThrownBy(() -> transport.listen(
                            new InetSocketAddress("192.0.2.1", 4444), Encryption.PLAINTEXT, Recorder::new))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on 192.0.2.1:4444: ");
        }
    }

    @Test
    void theConnectionAfterTheLastIsRefusedAndOneThatEndsMakesRoom() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().maxConnections(3));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            List<Socket> within = List.of(ends.socket(listener), ends.socket(listener), ends.socket(listener));
            ends.next().connection();
            ends.next().connection();
            Recorder third = ends.next();
            third.connection();

            assertThat(ends.socket(listener).getInputStream().read()).isEqualTo(-1);
            assertThat(transport.stats().refused()).containsEntry(Limit.TOTAL, 1L);
            assertThat(transport.stats().open()).isEqualTo(3);

            within.get(2).close();
            third.end();
            ends.socket(listener);
            assertThat(ends.next().connection().isOpen()).isTrue();
        }
    }

    @Test
    void aFloodOfFiftyNeverGetsPastALimitOfThree() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().maxConnections(3));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            Transport flood = ends.transport(Ends.config());
            List<CompletableFuture<Connection>> dials = new ArrayList<>();
            List<Recorder> recorders = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Recorder recorder = new Recorder();
                recorders.add(recorder);
                dials.add(flood.dial("127.0.0.1", listener.address().getPort(), recorder, DialOptions.PLAINTEXT));
            }
            for (CompletableFuture<Connection> dial : dials) {
                dial.get(60, TimeUnit.SECONDS);
            }
            await().until(() ->
                    recorders.stream().filter(r -> r.disconnected.isDone()).count() == 47);

            assertThat(transport.stats().openedIncoming()).isEqualTo(3);
            assertThat(transport.stats().refused()).containsEntry(Limit.TOTAL, 47L);
        }
    }

    @Test
    void placesForDialsAreKeptFromIncomingConnections() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().maxConnections(2).maxIncoming(1));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            ends.socket(listener);
            ends.next().connection();
            assertThat(ends.socket(listener).getInputStream().read()).isEqualTo(-1);

            Listener other = ends.listen();
            Ends.dial(transport, other, new Recorder(), DialOptions.PLAINTEXT);
            assertThat(failure(transport, other, DialOptions.PLAINTEXT))
                    .isEqualTo(DialFailedException.Kind.LIMIT_TOTAL);
        }
    }

    @Test
    void anAddressThatIsNotAdmittedIsClosedAndTheOthersAreNot() throws Exception {
        try (Ends ends = new Ends()) {
            InetAddress unwanted = InetAddress.getByName("127.0.0.1");
            Transport transport = ends.transport(Ends.config().admits(address -> !address.equals(unwanted)));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);

            assertThat(ends.socket(listener).getInputStream().read()).isEqualTo(-1);
            assertThat(transport.stats().refused()).containsExactly(Map.entry(Limit.NOT_ADMITTED, 1L));
            DialOptions elsewhere = DialOptions.PLAINTEXT.from(InetAddress.getByName("127.0.0.2"));
            Ends.dial(ends.transport(Ends.config()), listener, new Recorder(), elsewhere);
            assertThat(ends.next().connection().isOpen()).isTrue();
            assertThat(ends.incoming).isEmpty();
        }
    }

    @Test
    void oneAddressHasItsShareAndAnotherAddressItsOwn() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().maxPerAddress(2));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            Transport dialler = ends.transport(Ends.config());
            ends.socket(listener);
            ends.socket(listener);
            ends.next().connection();
            ends.next().connection();

            assertThat(ends.socket(listener).getInputStream().read()).isEqualTo(-1);
            assertThat(transport.stats().refused()).containsEntry(Limit.PER_ADDRESS, 1L);
            DialOptions elsewhere = DialOptions.PLAINTEXT.from(InetAddress.getByName("127.0.0.2"));
            Ends.dial(dialler, listener, new Recorder(), elsewhere);
            Connection fromElsewhere = ends.next().connection();
            assertThat(fromElsewhere.remoteAddress().getAddress().getHostAddress())
                    .isEqualTo("127.0.0.2");
        }
    }

    @Test
    void dialsToOneAddressAreCountedApart() throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen();
            Transport dialler = ends.transport(Ends.config().maxPerAddress(1));
            Recorder first = new Recorder();
            Connection open = Ends.dial(dialler, listener, first, DialOptions.PLAINTEXT);

            assertThat(failure(dialler, listener, DialOptions.PLAINTEXT))
                    .isEqualTo(DialFailedException.Kind.LIMIT_PER_ADDRESS);
            open.close();
            first.end();
            assertThat(Ends.dial(dialler, listener, new Recorder(), DialOptions.PLAINTEXT)
                            .isOpen())
                    .isTrue();
        }
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() throws Exception {
        Admission admission = new Admission(Ends.config().maxPerAddress(1).build());
        Admission.Place first = place(admission);
        Admission.Place second = place(admission);

        assertThat(first.sit(InetAddress.getByName("2001:db8:1:2::1"))).isEmpty();
        assertThat(second.sit(InetAddress.getByName("2001:db8:1:2:ffff::9"))).contains(Limit.PER_ADDRESS);
        assertThat(second.sit(InetAddress.getByName("2001:db8:1:3::1"))).isEmpty();
        second.free();
        second.free();
        assertThat(admission.pending()).isEqualTo(1);
    }

    @Test
    void whoIsNotReadyCountsAsPendingAndDialsHavePlacesOfTheirOwn() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().maxPending(2));
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT, () -> new Recorder() {
                @Override
                public boolean awaitsReady() {
                    return true;
                }
            });
            ends.socket(listener);
            ends.socket(listener);
            Connection first = ends.next().connection();
            ends.next().connection();

            assertThat(ends.socket(listener).getInputStream().read()).isEqualTo(-1);
            assertThat(transport.stats().refused()).containsEntry(Limit.PENDING, 1L);
            Listener other = ends.listen();
            Ends.dial(transport, other, new Recorder(), DialOptions.PLAINTEXT);

            first.ready();
            await().until(() -> transport.stats().pending() == 1);
            ends.socket(listener);
            ends.next();
            assertThat(ends.next().connection().isOpen()).isTrue();
        }
    }

    @Test
    void theQueueOfALinkIsFullAtItsLimitAndRefusesOneByteMore() throws Exception {
        QueueBudget budget = new QueueBudget(Ends.config()
                .maxLinkQueuedBytes(1000)
                .maxQueuedBytes(4000)
                .maxConnections(1)
                .build());
        QueueBudget.Share share = budget.share();

        assertThat(share.reserve(1001)).isEqualTo(WriteResult.LINK_QUEUE_FULL);
        assertThat(share.reserve(1000)).isEqualTo(WriteResult.QUEUED);
        assertThat(share.reserve(1)).isEqualTo(WriteResult.LINK_QUEUE_FULL);
        share.release(1);
        assertThat(share.reserve(1)).isEqualTo(WriteResult.QUEUED);
        assertThat(share.end()).isEqualTo(1000);
        assertThat(share.reserve(1)).isEqualTo(WriteResult.CLOSED);
        assertThat(share.end()).isZero();
    }

    @Test
    void theQueuesTogetherAreFullAtTheirLimitButEveryLinkHasItsGrant() throws Exception {
        // 4 links: 100 bytes granted to each, 400 for whoever comes.
        QueueBudget budget = new QueueBudget(Ends.config()
                .maxLinkQueuedBytes(500)
                .maxQueuedBytes(800)
                .maxConnections(4)
                .build());
        QueueBudget.Share greedy = budget.share();
        QueueBudget.Share late = budget.share();

        assertThat(greedy.reserve(500)).isEqualTo(WriteResult.QUEUED);
        assertThat(late.reserve(101)).isEqualTo(WriteResult.TOTAL_QUEUE_FULL);
        assertThat(late.reserve(100)).isEqualTo(WriteResult.QUEUED);
        assertThat(late.reserve(1)).isEqualTo(WriteResult.TOTAL_QUEUE_FULL);
        greedy.release(1);
        assertThat(late.reserve(1)).isEqualTo(WriteResult.QUEUED);
        greedy.end();
        assertThat(late.reserve(399)).isEqualTo(WriteResult.QUEUED);
        assertThat(late.reserve(1)).isEqualTo(WriteResult.LINK_QUEUE_FULL);
    }

    @Test
    void aWriteAboveTheLimitIsRefusedWholeAndTheConnectionLives() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport =
                    ends.transport(Ends.config().maxLinkQueuedBytes(100).maxQueuedBytes(100));
            Socket peer = ends.socket(ends.listen(transport, Encryption.PLAINTEXT));
            Connection connection = ends.next().connection();

            assertThat(connection.write(new byte[101])).isEqualTo(WriteResult.LINK_QUEUE_FULL);
            assertThat(connection.queuedBytes()).isZero();
            assertThat(connection.write(new byte[51])).isEqualTo(WriteResult.QUEUED);
            assertThat(peer.getInputStream().readNBytes(51)).hasSize(51);
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void everyBadOptionIsNamedAtOnce() {
        assertThatThrownBy(() -> TransportConfig.builder()
                        .threads(0)
                        .maxIncoming(-5)
                        .writeDeadline(java.time.Duration.ZERO)
                        .name("no spaces")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("threads", "maxIncoming", "writeDeadline", "name");
    }

    private static Admission.Place place(Admission admission) {
        return Objects.requireNonNull(
                admission.enter(Connection.Direction.INCOMING).place());
    }

    static DialFailedException.Kind failure(Transport from, Listener to, DialOptions options) {
        return failure(from.dial("127.0.0.1", to.address().getPort(), new Recorder(), options));
    }

    static DialFailedException.Kind failure(CompletableFuture<Connection> dial) {
        try {
            dial.get(Recorder.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return ((DialFailedException) Objects.requireNonNull(failed.getCause())).kind();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        throw new AssertionError("it did not fail");
    }
}
