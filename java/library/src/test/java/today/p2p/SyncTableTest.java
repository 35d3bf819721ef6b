package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/** What chapter 14 says of a table, seen from an application, on real sockets. */
class SyncTableTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<SyncTable<String>> tables = new ArrayList<>();
    private final AtomicLong ahead = new AtomicLong();

    @AfterEach
    void close() {
        tables.forEach(SyncTable::close);
    }

    @Test
    void whatOnePutsAllRead() { // SYN-2
        SyncTable<String> one = add();
        SyncTable<String> other = join(one);
        one.put("greeting", "hello");
        other.put("map", Map.of("a", 1));

        awaitValue(other, "greeting", "hello");
        awaitValue(one, "map", Map.of("a", 1L));
        assertThat(other.entry("greeting")).hasValueSatisfying(entry -> {
            assertThat(entry.owner()).isEqualTo(one.network().id().text());
            assertThat(entry.freeFrom()).isEqualTo(entry.time().plusSeconds(3601));
        });
    }

    @Test
    void aNewcomerGetsAllKeysAndIsReady() throws Exception { // SYN-13, SYN-17
        SyncTable<String> one = add();
        List<java.util.concurrent.CompletableFuture<Object>> puts = new ArrayList<>();
        for (int index = 0; index < 5000; index++) {
            puts.add(one.putAsync("key " + index, index));
        }
        puts.forEach(java.util.concurrent.CompletableFuture::join);
        // So that a busy machine is not taken for a peer that has no more.
        SyncTable<String> other = join(one, builder -> builder.timer(Timer.JOIN_QUIET, SOON));
        other.ready().get(60, TimeUnit.SECONDS);

        assertThat(other).hasSize(5000);
        assertThat(other.stats().joinsReceived()).isEqualTo(5000);
        assertThat(other).isEqualTo(one);
    }

    @Test
    void aRefusedWriteNamesTheOwnerAndTheInstant() { // SYN-21, SYN-22
        SyncTable<String> one = add();
        SyncTable<String> other = join(one);
        one.put("key", 1);
        awaitValue(other, "key", 1L);
        Instant written = one.entry("key").orElseThrow().time();
        ahead.set(10);

        assertThatThrownBy(() -> other.put("key", 2)).isInstanceOfSatisfying(KeyHeldException.class, refused -> {
            assertThat(refused.owner()).isEqualTo(one.network().id().text());
            assertThat(refused.freeFrom()).isEqualTo(written.plusSeconds(3601));
        });
        assertThatThrownBy(() -> other.applyDelta("key", Map.of())).isInstanceOf(KeyHeldException.class);
        assertThatThrownBy(() -> other.remove("key")).isInstanceOf(KeyHeldException.class);
        assertThatThrownBy(() -> other.putAll(Map.of("key", 2, "more", 3))).isInstanceOf(KeyHeldException.class);
        awaitValue(one, "more", 3L);
        assertThat(one).containsEntry("key", 1L);
        ahead.set(3700);
        other.put("key", 2);
        awaitValue(one, "key", 2L);
    }

    @Test
    void deltasMergeAndDeletionsArrive() { // SYN-8, SYN-11
        SyncTable<String> one = add(builder -> builder.leasing(false));
        SyncTable<String> other = join(one, builder -> builder.leasing(false));
        assertThat(one.isLeasing()).isFalse();
        assertThat(one.applyDelta("map", Map.of("a", 1))).isEqualTo(Map.of("a", 1L));
        awaitValue(other, "map", Map.of("a", 1L));
        assertThat(other.applyDelta("map", Map.of("b", 2))).isEqualTo(Map.of("a", 1L, "b", 2L));
        awaitValue(one, "map", Map.of("a", 1L, "b", 2L));
        one.put("text", "t");
        assertThatThrownBy(() -> one.applyDelta("text", Map.of()))
                .isInstanceOfSatisfying(
                        NotSentException.class,
                        failed -> assertThat(failed.getMessage()).contains("SHAPE"));
        ahead.set(1);
        other.put("map", null);
        await().atMost(SOON).until(() -> !one.containsKey("map"));
    }

    @Test
    void tablesWithAndWithoutLeasesDoNotMeet() { // SUB-3
        SyncTable<String> one = add();
        SyncTable<String> other = add(builder -> builder.leasing(false));
        int port = one.network().address().port();

        assertThatThrownBy(() -> other.network().connect("127.0.0.1", port).join())
                .hasCauseInstanceOf(NotConnectedException.class);
    }

    @Test
    void listenersHearOfEveryChangeInOrder() { // SYN-18
        SyncTable<String> one = add();
        SyncTable<String> other = join(one);
        List<String> heard = new CopyOnWriteArrayList<>();
        other.onChange(event -> heard.add(told(event)));
        one.put("key", 1);
        one.put("key", 2);
        one.remove("key");

        await().atMost(SOON).until(() -> heard.size() == 3);
        assertThat(heard).containsExactly("key=1 before null", "key=2 before 1", "key deleted 2");
    }

    @Test
    void whatNobodyListensToOccupiesNoThread() {
        AtomicLong tasks = new AtomicLong();
        ExecutorService thread = Executors.newCachedThreadPool();
        SyncTable<String> one = add(builder -> builder.callbackExecutor(task -> {
            tasks.incrementAndGet();
            thread.execute(task);
        }));
        one.put("key", 1);
        one.put("key", 2);
        long answers = tasks.get();
        List<String> heard = new CopyOnWriteArrayList<>();
        one.onChange(event -> heard.add(told(event)));
        one.put("key", 3);

        await().atMost(SOON).until(() -> heard.size() == 1);
        assertThat(heard).containsExactly("key=3 before 2");
        assertThat(answers).isEqualTo(2);
        thread.shutdown();
    }

    @Test
    void aListenerThatThrowsIsToldTheRest() throws Exception { // SYN-18
        SyncTable<String> one = add(builder -> builder);
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch blocked = new CountDownLatch(1);
        one.onChange(event -> {
            awaitLatch(blocked);
            heard.add(told(event));
            throw new IllegalStateException("a listener of the test");
        });
        for (int value = 0; value < 3; value++) {
            one.put("key", value);
        }
        blocked.countDown();

        await().atMost(SOON).until(() -> heard.size() == 3);
        assertThat(heard).containsExactly("key=0 before null", "key=1 before 0", "key=2 before 1");
    }

    @Test
    void aSlowListenerLosesTheOldestEventsAndIsToldHowMany() throws Exception { // SYN-18, max-changes
        SyncTable<String> one = add(builder -> builder.limit(Limit.MAX_CHANGES, 3));
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        one.onChange(event -> {
            heard.add(told(event));
            entered.countDown();
            awaitLatch(blocked);
        });
        one.put("key", 0);
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
        Recorder recorder = new Recorder();
        one.changes().subscribe(recorder);
        await().atMost(SOON).until(() -> recorder.subscription != null);
        for (int value = 1; value <= 5; value++) {
            one.put("key", value);
        }
        CountDownLatch heardByAll = new CountDownLatch(1);
        one.onChange(event -> heardByAll.countDown());
        one.put("other", 1);
        assertThat(heardByAll.await(60, TimeUnit.SECONDS)).isTrue();
        blocked.countDown();
        Objects.requireNonNull(recorder.subscription).request(2);

        await().atMost(SOON).until(() -> heard.size() == 5 && recorder.heard.size() == 2);
        assertThat(heard)
                .containsExactly(
                        "key=0 before null", "lag 3", "key=4 before 3", "key=5 before 4", "other=1 before null");
        assertThat(recorder.heard).containsExactly("lag 3", "key=4 before 3");
        one.close();
        await().atMost(SOON).until(() -> recorder.isComplete);
    }

    @Test
    void aListenerMayWriteTheTable() {
        SyncTable<String> one = add();
        SyncTable<String> other = join(one);
        other.onChange(event -> {
            if (event instanceof SyncTable.Event.Updated<String> updated
                    && updated.entry().key().equals("question")) {
                other.put("answer", 42);
            }
        });
        one.put("question", "?");

        awaitValue(one, "answer", 42L);
    }

    @Test
    void keysMayBeAnyBytesAndThoseThatAreNoTextAreNotShownAsText() { // SYN-1
        SyncTable<String> text = add();
        try (SyncTable<Bytes> binary =
                SyncTable.builder().listen("127.0.0.1", 0).startBinary()) {
            binary.network()
                    .connect("127.0.0.1", text.network().address().port())
                    .join();
            binary.put(Bytes.ofHex("ff"), 1);
            binary.put(Bytes.ofUtf8("key"), 2);
            awaitValue(text, "key", 2L);

            assertThat(text).containsOnlyKeys("key").hasSize(1);
            assertThat(text.stats().entries()).isEqualTo(2);
            assertThat(binary).hasSize(2).containsEntry(Bytes.ofHex("ff"), 1L);
        }
    }

    @Test
    void manyWritesLoseNoLink() {
        SyncTable<String> one = add(builder -> builder.limit(Limit.MAX_LINK_QUEUE, 1 << 20));
        SyncTable<String> other = join(one);
        byte[] large = new byte[20_000];
        for (int index = 0; index < 500; index++) {
            large[index] = (byte) index;
            one.put("key " + index % 50, large);
        }
        one.put("last", true);

        awaitValue(other, "last", true);
        assertThat(other).hasSize(51);
        assertThat(one.network().peers()).hasSize(1);
    }

    @Test
    void aClosedTableIsReadAndNotWritten() {
        SyncTable<String> one = add();
        one.put("key", 1);
        one.close();
        one.close();

        assertThat(one.get("key")).isEqualTo(1L);
        assertThatThrownBy(() -> one.put("key", 2)).isInstanceOf(NotSentException.class);
    }

    @Test
    void aTableWithoutPeersIsNotReadyAndOneWhosePeerIsSilentIsAfterAWhile() throws Exception { // SYN-17
        SyncTable<String> one = add(builder -> builder.timer(Timer.JOIN_QUIET, Duration.ofMillis(200)));
        assertThat(one.ready()).isNotDone();
        join(one);
        one.ready().get(60, TimeUnit.SECONDS);
    }

    private static String told(SyncTable.Event<String> event) {
        if (event instanceof SyncTable.Event.Updated<String> updated) {
            return updated.entry().key() + "=" + updated.entry().value() + " before "
                    + updated.before().orElse(null);
        }
        if (event instanceof SyncTable.Event.Deleted<String> deleted) {
            return deleted.key() + " deleted " + deleted.before();
        }
        return "lag " + ((SyncTable.Event.Lagged<String>) event).missed();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitValue(SyncTable<String> table, String key, Object value) {
        await().atMost(SOON).until(() -> value.equals(table.get(key)));
    }

    private SyncTable<String> add() {
        return add(builder -> builder);
    }

    private SyncTable<String> add(UnaryOperator<SyncTable.Builder> options) {
        SyncTable.Builder builder = SyncTable.builder()
                .listen("127.0.0.1", 0)
                .clock(() -> new Time(System.nanoTime(), System.currentTimeMillis() / 1000 + ahead.get()));
        SyncTable<String> table = options.apply(builder).start();
        tables.add(table);
        return table;
    }

    private SyncTable<String> join(SyncTable<String> other) {
        return join(other, builder -> builder);
    }

    private SyncTable<String> join(SyncTable<String> other, UnaryOperator<SyncTable.Builder> options) {
        SyncTable<String> table = add(options);
        table.network().connect("127.0.0.1", other.network().address().port()).join();
        await().atMost(SOON).until(() -> !other.network().peers().isEmpty());
        return table;
    }

    private static final class Recorder implements Flow.Subscriber<SyncTable.Event<String>> {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile Flow.@Nullable Subscription subscription;
        private volatile boolean isComplete;

        @Override
        public void onSubscribe(Flow.Subscription its) {
            subscription = its;
        }

        @Override
        public void onNext(SyncTable.Event<String> event) {
            heard.add(told(event));
        }

        @Override
        public void onError(Throwable fault) {
            heard.add(fault.toString());
        }

        @Override
        public void onComplete() {
            isComplete = true;
        }
    }
}
