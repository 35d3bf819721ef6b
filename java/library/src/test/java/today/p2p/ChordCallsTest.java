package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.ChordException.Reason;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** How calls of a table end when they do not end well; chapters 15.2 and 15.5. */
class ChordCallsTest {
    private static final Duration NEVER = Duration.ofDays(1);
    /** A deadline that comes, and by which a busy machine has answered. */
    private static final Duration ENOUGH = Duration.ofSeconds(3);

    private final Rings rings = new Rings();

    @AfterEach
    void close() {
        rings.close();
    }

    @Test
    void withoutAnybodyWhoHasJoinedACallFailsAndIsTriedAgainUntilSomebodyHas() throws Exception { // CRD-31
        ChordTable<String> leech = rings.add();
        ChordTable<String> other = rings.add();
        Rings.link(leech, other);
        assertThat(failure(once(leech).put("key", 1)).reason()).isEqualTo(Reason.NOBODY_JOINED);
        assertThat(failure(once(leech).ownersOf("key")).code()).contains(ErrorCode.ABSENT);
        assertThat(failure(once(leech).getAll(List.of("one", "two"))).getSuppressed())
                .hasSize(1);

        CompletableFuture<Void> patient = leech.within(NEVER)
                .retrying(1_000_000, Duration.ofMillis(5), Duration.ofMillis(5))
                .put("key", 1);
        other.join().join();
        patient.get(60, TimeUnit.SECONDS);
        assertThat(leech.get("key").join()).contains(1L);
    }

    @Test
    void aCallEndsAtTheDeadlineOfItsCallerAndSaysHowManyHaveAnswered() throws Exception { // CRD-23, CRD-31
        ChordTable<String> table = slow();
        try (RawHolder holder = new RawHolder(table, "a", question -> question < 2 ? Value.of(question) : null)) {
            awaitRing(table);
            ChordException late = failure(table.within(ENOUGH).get("key"));

            assertThat(late.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(late.code()).contains(ErrorCode.TIMEOUT);
            assertThat(late.answers()).hasValue(2);
            assertThat(late).hasMessageContaining("2 of 5");
            assertThat(holder.questions()).isEqualTo(5);
        }
    }

    @Test
    void atTheDeadlineThreeNilsAreAbsence() throws Exception { // CRD-23
        ChordTable<String> table = slow();
        try (RawHolder holder = new RawHolder(table, "a", question -> question < 3 ? Value.nil() : null)) {
            awaitRing(table);
            assertThat(table.within(ENOUGH).get("key").join()).isEmpty();
            assertThat(holder.questions()).isEqualTo(5);
        }
    }

    @Test
    void fiveDifferentAnswersAreNoMajorityAndAReadIsTriedAgain() throws Exception { // CRD-23
        ChordTable<String> table = slow();
        try (RawHolder holder = new RawHolder(table, "a", question -> Value.of(question < 10 ? question : 7))) {
            awaitRing(table);
            ChordException split = failure(once(table).get("key"));
            assertThat(split.reason()).isEqualTo(Reason.NO_MAJORITY);
            assertThat(split.code()).isEmpty();
            assertThat(split.answers()).isEmpty();

            assertThat(table.get("key").join()).contains(7L);
            assertThat(holder.questions()).isEqualTo(15);
        }
    }

    @Test
    void whatABatchAsksAtOnceOnePeerAnswers() throws Exception { // CRD-18, max-link-questions
        ChordTable<String> table =
                rings.add(builder -> builder.timer(Timer.READ_DEADLINE, NEVER).timer(Timer.QUESTION_DEADLINE, NEVER));
        try (RawHolder silent = new RawHolder(table, "a", question -> null)) {
            awaitRing(table);
            CompletableFuture<?> all = table.getAll(Rings.entries(100).keySet());
            await().atMost(Rings.SOON).until(() -> silent.questions() == 48 * 5);
            assertThat(48 * 5).isLessThanOrEqualTo((int) Limit.MAX_LINK_QUESTIONS.standard());
            assertThat(table.stats().questions()).isEqualTo(48 * 5);
            all.cancel(false);
        }
    }

    @Test
    void aCancelledCallFreesItsPlace() throws Exception { // CRD-24, CRD-31, max-reads
        ChordTable<String> table = slow();
        try (RawHolder silent = new RawHolder(table, "a", question -> null)) {
            awaitRing(table);
            CompletableFuture<?> first = table.get("one");
            CompletableFuture<?> second = table.confirming().put("two", 2);
            await().atMost(Rings.SOON).until(() -> silent.questions() == 10);
            assertThat(failure(once(table).get("three")).reason()).isEqualTo(Reason.TOO_MANY);

            first.cancel(false);
            CompletableFuture<?> third = once(table).get("three");
            await().atMost(Rings.SOON).until(() -> silent.questions() == 15);
            assertThat(third).isNotDone();
            assertThat(failure(once(table).get("four")).code()).contains(ErrorCode.LIMIT);
            CompletableFuture<?> all = table.getAll(List.of("three", "four", "five"));
            all.cancel(true);
            second.cancel(false);
            third.cancel(false);
            CompletableFuture<?> fourth = once(table).get("four");
            await().atMost(Rings.SOON).until(() -> silent.questions() == 20);
            assertThat(fourth).isNotDone();
        }
    }

    @Test
    void aMergeThatIsCancelledWritesNothing() throws Exception { // CRD-9, CRD-31
        ChordTable<String> table = slow();
        try (RawHolder holder = new RawHolder(table, "a", question -> question < 4 ? Value.nil() : null)) {
            awaitRing(table);
            CompletableFuture<?> merge = table.applyDelta("key", Map.of("a", 1));
            await().atMost(Rings.SOON).until(() -> holder.questions() == 5);
            merge.cancel(false);
            once(table).put("other", 1).join();
            await().atMost(Rings.SOON)
                    .until(() -> holder.heard.stream()
                            .filter(payload -> payload.get(0).equals(Value.of(11)))
                            .anyMatch(payload -> payload.get(3).equals(Value.of(1))));

            assertThat(holder.heard).noneMatch(payload -> payload.toString().contains("\"a\""));
            assertThat(table.keys()).containsExactly("other");
        }
    }

    @Test
    void closingEndsOpenCallsWithAReasonAndRefusesLaterOnes() throws Exception { // CRD-31
        ChordTable<String> table = slow();
        try (RawHolder silent = new RawHolder(table, "a", question -> null)) {
            awaitRing(table);
            CompletableFuture<?> read = table.get("key");
            CompletableFuture<?> merge = table.applyDelta("key", Map.of());
            await().atMost(Rings.SOON).until(() -> silent.questions() == 5);
            table.close();

            assertThat(failure(read).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failure(merge).code()).contains(ErrorCode.ABSENT);
        }
        assertThat(failure(table.put("key", 1)).reason()).isEqualTo(Reason.CLOSED);
        assertThat(failure(table.leave()).reason()).isEqualTo(Reason.CLOSED);
        assertThat(failure(table.putAll(Map.of("a", 1, "b", 2))).reason()).isEqualTo(Reason.CLOSED);
        assertThat(table.ring().seats()).isEmpty();
    }

    @Test
    void keysAndValuesAreBounded() { // CRD-10, max-key, max-value
        ChordTable<String> table = rings.ring(2).get(0);
        String key = "k".repeat(4096);
        byte[] value = new byte[(1 << 20) - 5];
        table.confirming().put(key, value).join();
        assertThat(rings.tables.get(1).get(key).join()).isPresent();

        assertThat(failure(table.put(key + "k", 1)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure(table.get(key + "k")).code()).contains(ErrorCode.LIMIT);
        ChordException large = failure(table.put("key", new byte[value.length + 1]));
        assertThat(large.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(large).hasMessageContaining("1048577");
    }

    @Test
    void manyLargeValuesAtOnceCostNoLink() { // CRD-32, LNK-23
        List<String> lost = new CopyOnWriteArrayList<>();
        List<ChordTable<String>> ring =
                rings.ring(3, builder -> builder.onDisconnect((peer, reason) -> lost.add(reason.toString())));
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int key = 0; key < 16; key++) {
            entries.put("key " + key, Bytes.of(new byte[300_000]));
        }
        ring.get(0).confirming().putAll(entries).join();

        assertThat(ring.get(1).getAll(entries.keySet()).join().keySet()).isEqualTo(entries.keySet());
        assertThat(lost).noneMatch(reason -> reason.contains("max-"));
    }

    @Test
    void aMergeMayNotGrowAMapAboveTheLimit() { // CRD-10, max-value
        ChordTable<String> table = rings.ring(1).get(0);
        byte[] half = new byte[600_000];
        table.applyDelta("key", Map.of("a", half)).join();

        assertThat(failure(table.applyDelta("key", Map.of("b", half))).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(((Map<?, ?>) table.get("key").join().orElseThrow()).keySet()).isEqualTo(java.util.Set.of("a"));
    }

    @Test
    void whatHasNoFormIsRefusedBeforeAnythingIsSent() {
        ChordTable<String> table = rings.ring(1).get(0);
        assertThatThrownBy(() -> table.put("key", new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.putAll(Map.of("one", 1, "two", new Object())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.retrying(-1, Duration.ofMillis(1), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.within(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(table.keys()).isEmpty();
    }

    @Test
    void whoWaitsGetsTheFailureItselfAndIsInterruptible() throws Exception { // CRD-31
        ChordTable<String> table = slow();
        try (RawHolder silent = new RawHolder(table, "a", question -> null)) {
            awaitRing(table);
            assertThatThrownBy(() -> table.blocking(Duration.ofMillis(100)).get("key"))
                    .isInstanceOfSatisfying(
                            ChordException.class,
                            late -> assertThat(late.answers()).hasValue(0));
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    table.blocking(NEVER).get("other");
                } catch (CancellationException interrupted) {
                    ended.complete(Thread.currentThread().isInterrupted() ? interrupted : new AssertionError());
                }
            });
            waiting.start();
            await().atMost(Rings.SOON).until(() -> silent.questions() == 10);
            waiting.interrupt();
            assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void whoWaitsMayDoAllThatFuturesDo() {
        ChordTable.Blocking<String> table = rings.ring(1).get(0).blocking(Rings.SOON);
        table.put("key", 1);
        table.putAll(Map.of("one", 1L, "two", 2L));
        table.remove("one");

        assertThat(table.get("key")).contains(1L);
        assertThat(table.getAll(List.of("one", "two", "key", "two"))).isEqualTo(Map.of("two", 2L, "key", 1L));
        assertThat(table.applyDelta("map", Map.of("a", 1))).isEqualTo(Map.of("a", 1L));
        assertThat(table.ownersOf("key")).hasSize(5);
        assertThat(table.leave()).isEqualTo(15);
        table.join();
    }

    /** A table whose own deadlines do not come, and that reads two keys at a time. */
    private ChordTable<String> slow() {
        return rings.add(builder -> builder.limit(Limit.MAX_READS, 2)
                .timer(Timer.READ_DEADLINE, NEVER)
                .timer(Timer.QUESTION_DEADLINE, NEVER));
    }

    private static ChordTable<String> once(ChordTable<String> table) {
        return table.retrying(0, Duration.ofMillis(1), Duration.ofMillis(1));
    }

    private static void awaitRing(ChordTable<String> table) {
        await().atMost(Rings.SOON).until(() -> table.ring().seats().size() == 1);
    }

    private static ChordException failure(CompletableFuture<?> call) {
        try {
            Object value = call.get(60, TimeUnit.SECONDS);
            throw new AssertionError("it succeeded with " + value);
        } catch (ExecutionException failed) {
            return (ChordException) Objects.requireNonNull(failed.getCause());
        } catch (InterruptedException | TimeoutException stuck) {
            throw new CompletionException(stuck);
        }
    }
}
