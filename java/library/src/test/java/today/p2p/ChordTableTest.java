package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.chord.Ring;
import today.p2p.chord.Table;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/** What chapter 15 says of a table, seen from an application, on real sockets. */
class ChordTableTest {
    private final Rings rings = new Rings();

    @AfterEach
    void close() {
        rings.close();
    }

    @Test
    void whatOnePutsEveryOtherReads() { // CRD-8, CRD-14, CRD-22
        List<ChordTable<String>> ring = rings.ring(6);
        Map<String, Object> entries = Rings.entries(100);
        ring.get(0).confirming().putAll(entries).join();

        for (ChordTable<String> table : ring) {
            assertThat(table.getAll(entries.keySet()).join()).isEqualTo(entries);
            await().atMost(Rings.SOON).until(() -> table.keys().count() == 100); // CRD-12
        }
    }

    @Test
    void absenceIsDecidedByAnswersAndNotByWaiting() { // CRD-23
        List<ChordTable<String>> ring = rings.ring(
                5,
                builder -> builder.timer(Timer.READ_DEADLINE, Duration.ofDays(1))
                        .timer(Timer.QUESTION_DEADLINE, Duration.ofDays(1)));

        assertThat(ring.get(0).blocking(Rings.SOON).get("nobody has put this")).isEmpty();
        assertThat(ring.get(1).getAll(List.of("one", "two")).join()).isEmpty();
    }

    @Test
    void whoReadsManyAbsentKeysIsToldSoOfEach() { // CRD-18, CRD-23, max-questions
        List<ChordTable<String>> ring = rings.ring(
                4,
                builder -> builder.limit(Limit.MAX_QUESTIONS, 200)
                        .timer(Timer.READ_DEADLINE, Duration.ofDays(1))
                        .timer(Timer.QUESTION_DEADLINE, Duration.ofDays(1)));

        for (ChordTable<String> table : ring) {
            for (int turn = 0; turn < 25; turn++) {
                List<String> keys = List.of("a" + turn, "b" + turn, "c" + turn);
                assertThat(table.getAll(keys).orTimeout(60, TimeUnit.SECONDS).join())
                        .isEmpty();
            }
        }
    }

    @Test
    void aDeletedKeyIsAbsentForAll() { // CRD-8, CRD-26
        List<ChordTable<String>> ring = rings.ring(5);
        ring.get(0).confirming().putAll(Rings.entries(3)).join();
        ring.get(1).confirming().remove("key 0").join();
        ring.get(2).confirming().put("key 1", null).join();

        for (ChordTable<String> table : ring) {
            assertThat(table.getAll(List.of("key 0", "key 1", "key 2")).join()).containsOnlyKeys("key 2");
        }
        ring.get(3).remove("was never there").join();
    }

    @Test
    void aDeltaMergesIntoAMapAndIntoNothingElse() { // CRD-9
        List<ChordTable<String>> ring = rings.ring(5);
        assertThat(ring.get(0).applyDelta("map", Map.of("a", 1)).join()).isEqualTo(Map.of("a", 1L));
        awaitValue(ring.get(1), "map", Map.of("a", 1L));
        assertThat(ring.get(1).applyDelta("map", Map.of("b", 2)).join()).isEqualTo(Map.of("a", 1L, "b", 2L));
        ring.get(2).confirming().put("text", "t").join();

        awaitValue(ring.get(4), "map", Map.of("a", 1L, "b", 2L));
        assertThatThrownBy(() -> ring.get(3).blocking(Rings.SOON).applyDelta("text", Map.of("a", 1)))
                .isInstanceOfSatisfying(
                        ChordException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(ChordException.Reason.SHAPE));
        assertThat(ring.get(4).get("text").join()).contains("t");
    }

    @Test
    void whoLeavesHandsOverAndHoldsNothing() { // CRD-27, CRD-29
        List<ChordTable<String>> ring = rings.ring(5);
        Map<String, Object> entries = Rings.entries(100);
        ring.get(0).confirming().putAll(entries).join();
        ChordTable<String> leaver = ring.get(2);

        assertThat(leaver.leave().join()).isZero();
        assertThat(leaver.isJoined()).isFalse();
        assertThat(leaver.stats().entries()).isZero();
        assertThat(leaver.getAll(entries.keySet()).join()).as("it reads on").isEqualTo(entries);
        leaver.close();
        assertThat(ring.get(4).getAll(entries.keySet()).join()).isEqualTo(entries);
    }

    @Test
    void whoLeavesAloneGivesUpWhatItHolds() { // CRD-29
        ChordTable<String> alone = rings.add();
        alone.join().join();
        alone.put("key", "value").join();

        assertThat(alone.leave().join()).isEqualTo(5);
        assertThat(alone.stats().entries()).isZero();
    }

    @Test
    void nothingIsLostWhenTwoCrash() { // CRD-26, 15.7
        List<ChordTable<String>> ring = rings.ring(7);
        Map<String, Object> entries = Rings.entries(100);
        ring.get(0).confirming().putAll(entries).join();
        awaitCopies(ring, 100);
        ring.get(3).close();
        ring.get(5).close();

        for (ChordTable<String> table : List.of(ring.get(0), ring.get(2), ring.get(6))) {
            assertThat(table.getAll(entries.keySet()).join()).isEqualTo(entries);
        }
    }

    /** Until nothing is under way: five positions a key, each with its owner and two who have a copy. */
    private static void awaitCopies(List<ChordTable<String>> ring, int keys) {
        await().atMost(Rings.SOON)
                .until(() ->
                        ring.stream().mapToInt(table -> table.stats().entries()).sum() == keys * 5 * 3);
    }

    /** What another has written without waiting for more than that it is on its way (CRD-8). */
    private static void awaitValue(ChordTable<String> table, String key, Object value) {
        await().atMost(Rings.SOON).until(() -> table.get(key).join().equals(Optional.of(value)));
    }

    @Test
    void aLeechReadsAndWritesAndHoldsNothing() { // CRD-1
        List<ChordTable<String>> ring = rings.ring(3);
        ChordTable<String> leech = rings.add(builder -> builder.maxOutgoing(0));
        Rings.link(leech, ring.get(0));
        leech.confirming().putAll(Rings.entries(20)).join();

        assertThat(ring.get(2).getAll(Rings.entries(20).keySet()).join()).isEqualTo(Rings.entries(20));
        assertThat(leech.get("key 7").join()).contains(7L);
        assertThat(leech.stats().entries()).isZero();
        assertThat(leech.ring().isJoined()).isFalse();
        assertThat(ring.get(0).ring().leeches()).containsExactly(leech.network().id());
    }

    @Test
    void theRingThatANodeSeesIsWholeAndNamesTheOwners() { // CHO-5, CRD-2
        List<ChordTable<String>> tables = rings.ring(5);
        tables.get(0).confirming().putAll(Rings.entries(10)).join();
        Ring ring = tables.get(0).ring();
        List<NodeId> ids = tables.stream().map(table -> table.network().id()).toList();
        List<NodeId> owners = tables.get(1).ownersOf("key 1").join();

        assertThat(ring.seats()).extracting(Ring.Seat::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ring.seats().get(0).id()).isEqualTo(tables.get(0).network().id());
        assertThat(ring.seats().get(0).relation()).isEqualTo(Ring.Relation.SELF);
        assertThat(ring.seats().subList(1, 5)).extracting(Ring.Seat::relation).containsOnly(Ring.Relation.NEIGHBOUR);
        assertThat(ring.seats().stream().mapToDouble(Ring.Seat::arc).sum()).isEqualTo(1, within(1e-9));
        assertThat(ring.entries()).containsOnlyKeys(Table.values());
        assertThat(owners).hasSize(5).isSubsetOf(ids);
        assertThat(tables.get(2).ownersOf("key 1").join()).isEqualTo(owners);
        assertThat(tables.get(3).ownerOf("key 1").join()).isEqualTo(owners.get(0));
        awaitCopies(tables, 10);
        tables.forEach(table -> assertThat(table.ring().entries().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(table.stats().entries()));
    }

    @Test
    void listenersHearOfKeysThatComeAndGo() { // CRD-13
        List<ChordTable<String>> ring = rings.ring(3);
        List<ChordTable.Event<String>> heard = new CopyOnWriteArrayList<>();
        Recorder recorder = new Recorder();
        ring.get(1).onChange(event -> {
            throw new IllegalStateException("a listener that throws harms no other");
        });
        Subscription listening = ring.get(1).onChange(heard::add);
        ring.get(1).changes().subscribe(recorder);
        ring.get(0).put("key", 1).join();
        ring.get(2).confirming().put("key", 2).join();
        await().atMost(Rings.SOON).until(() -> heard.size() == 1);
        ring.get(0).remove("key").join();
        await().atMost(Rings.SOON).until(() -> heard.size() == 2);
        listening.close();
        ring.get(1).put("own", 1).join();

        await().atMost(Rings.SOON).until(() -> recorder.heard.size() == 2);
        assertThat(heard).containsExactly(new ChordTable.Event.Added<>("key"), new ChordTable.Event.Deleted<>("key"));
        assertThat(recorder.heard).isEqualTo(heard);
        Objects.requireNonNull(recorder.subscription).request(1);
        await().atMost(Rings.SOON).until(() -> recorder.heard.contains(new ChordTable.Event.Added<>("own")));
        ring.get(1).close();
        await().atMost(Rings.SOON).until(() -> recorder.isComplete);
    }

    @Test
    void aSlowListenerIsToldHowManyEventsItHasLost() { // CRD-13, max-changes
        ChordTable<String> table = rings.add(builder -> builder.limit(Limit.MAX_CHANGES, 2));
        table.join().join();
        Recorder recorder = new Recorder();
        recorder.wanted = 0;
        table.changes().subscribe(recorder);
        List<ChordTable.Event<String>> all = new CopyOnWriteArrayList<>();
        table.onChange(all::add);
        for (int key = 0; key < 5; key++) {
            int count = key + 1;
            table.put("key " + key, key).join();
            await().atMost(Rings.SOON).until(() -> all.size() == count);
        }
        Objects.requireNonNull(recorder.subscription).request(10);

        await().atMost(Rings.SOON).until(() -> recorder.heard.size() == 3);
        assertThat(recorder.heard)
                .containsExactly(
                        new ChordTable.Event.Lagged<>(3),
                        new ChordTable.Event.Added<>("key 3"),
                        new ChordTable.Event.Added<>("key 4"));
    }

    @Test
    void keysMayBeAnyBytesAndATextIsItsUtf8() { // CRD-12
        ChordTable<String> text = rings.add();
        text.join().join();
        try (ChordTable<Bytes> binary =
                ChordTable.builder().listen("127.0.0.1", 0).startBinary()) {
            Bytes noText = Bytes.of(new byte[] {(byte) 0xff});
            Rings.link(binary, text);
            binary.confirming().put(noText, 1).join();
            binary.confirming().put(Bytes.ofUtf8("text"), 2).join();

            assertThat(binary.get(noText).join()).contains(1L);
            assertThat(text.get("text").join()).contains(2L);
            await().atMost(Rings.SOON).until(() -> text.stats().keys() == 2);
            assertThat(text.keys()).containsExactly("text");
            assertThat(binary.keys()).containsExactly(Bytes.ofUtf8("text"), noText);
        }
    }

    @Test
    void tablesOfDifferentNamesDoNotMeet() { // SUB-1
        ChordTable<String> one = rings.add();
        ChordTable<String> other = rings.add(builder -> builder.subnet("another"));

        assertThatThrownBy(() -> Rings.link(one, other)).hasCauseInstanceOf(NotConnectedException.class);
    }

    @Test
    void valuesOfAllKindsComeBack() { // CRD-8
        List<ChordTable<String>> ring = rings.ring(3);
        List<Object> values = new ArrayList<>(Arrays.asList(true, 1L << 40, 1.5, "text", Bytes.ofHex("00ff")));
        values.add(Map.of("list", List.of(1L, 2L)));
        for (Object value : values) {
            ring.get(0).confirming().put("key", value).join();
            assertThat(ring.get(2).get("key").join()).contains(value);
        }
    }

    /** Asks for two events; then the test asks. */
    private static final class Recorder implements Flow.Subscriber<ChordTable.Event<String>> {
        private final List<ChordTable.Event<String>> heard = new CopyOnWriteArrayList<>();
        private int wanted = 2;
        private volatile Flow.@Nullable Subscription subscription;
        private volatile boolean isComplete;

        @Override
        public void onSubscribe(Flow.Subscription its) {
            subscription = its;
            if (wanted > 0) {
                its.request(wanted);
            }
        }

        @Override
        public void onNext(ChordTable.Event<String> event) {
            heard.add(event);
        }

        @Override
        public void onError(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public void onComplete() {
            isComplete = true;
        }
    }
}
