package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.Value;

/** Rings of many shares, to which nodes come and from which they go. The seed of a run is in its name. */
class ChurnTest {
    private static final int KEYS = 24;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatOneMemberStoresEveryMemberReads(long seed) {
        // CRD-8, CRD-14, CRD-22
        Circle circle = Circle.of(seed, 9);
        fill(circle);

        for (Circle.Seat seat : circle.seats) {
            allAreReadBy(seat);
        }
        assertThat(circle.seats.get(3).read("nobody wrote this")).isEqualTo(new ChordOutcome.Absent());
    }

    @Test
    void aLeechReadsAndWritesThroughOneMember() {
        // CRD-1, CRD-2
        Circle circle = Circle.of(4, 6);
        Circle.Seat leech = circle.add();
        circle.connect(6, 2);
        circle.run();

        leech.put("from a leech", Value.of(5));
        circle.run();

        assertThat(leech.read("from a leech")).isEqualTo(new ChordOutcome.Found(Value.of(5)));
        assertThat(circle.seats.get(5).read("from a leech")).isEqualTo(new ChordOutcome.Found(Value.of(5)));
        assertThat(leech.share.stats().entries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void nothingIsUnreadableWhileAndAfterNodesJoin(long seed) {
        // CRD-17, CRD-27
        Circle circle = Circle.of(seed, 5);
        fill(circle);
        for (int index = 5; index < 10; index++) {
            circle.add().join();
            circle.connect(index, circle.random.nextInt(index));
            circle.run();
            allAreReadBy(circle.seats.get(circle.random.nextInt(index + 1)));
            circle.advance(1);
        }
        circle.advance(20);

        circle.seats.forEach(ChurnTest::allAreReadBy);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 9})
    void whoLeavesHandsOverBeforeItGoes(long seed) {
        // CRD-28, CRD-29
        Circle circle = Circle.of(seed, 8);
        fill(circle);
        for (int index = 0; index < 5; index++) {
            long call = circle.seats.get(index).leave();
            circle.advance(5);
            assertThat(circle.seats.get(index).outcomes.get(call)).isEqualTo(new ChordOutcome.Left(0));
            assertThat(circle.seats.get(index).share.stats().entries()).isZero();
            circle.crash(index);
            circle.run();
            allAreReadBy(circle.seats.get(7));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void whatIsOnItsWayToWhoLeavesIsNotLost(long seed) {
        // CRD-14
        Circle circle = Circle.of(seed, 5);
        for (int key = 0; key < KEYS; key++) {
            Circle.Seat writer = circle.seats.get(key % 2);
            if (key % 3 == 0) {
                writer.merge("key " + key, Value.map());
            } else {
                writer.put("key " + key, Value.map());
            }
        }
        circle.step();
        circle.seats.get(2).leave();
        circle.seats.get(3).leave();
        circle.advance(5);

        for (int key = 0; key < KEYS; key++) {
            assertThat(circle.seats.get(4).read("key " + key)).isEqualTo(new ChordOutcome.Found(Value.map()));
        }
        circle.crash(2);
        circle.crash(3);
        assertThat(circle.seats.get(1).read("key 7")).isEqualTo(new ChordOutcome.Found(Value.map()));
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void aQuestionThatIsOnItsWayToWhoLeavesIsAskedAgain(long seed) {
        // CRD-18, CRD-24
        Circle circle = Circle.of(seed, 7);
        fill(circle);
        for (int leaver = 2; leaver < 5; leaver++) {
            List<Long> calls = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                calls.add(circle.seats.get(key % 2).get("key " + key));
            }
            circle.seats.get(leaver).leave();
            circle.run();
            for (int key = 0; key < KEYS; key++) {
                assertThat(circle.seats.get(key % 2).outcomes.get(calls.get(key)))
                        .isEqualTo(new ChordOutcome.Found(Value.of(key)));
            }
            circle.advance(6);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void ofTwoThatCrashAtOnceNothingIsLostAndRepairTakesSeconds(long seed) {
        // CRD-19, CRD-25, CRD-26
        Circle circle = Circle.of(seed, 10);
        fill(circle);
        circle.advance(10);
        List<Integer> alive = new ArrayList<>();
        for (int index = 0; index < 10; index++) {
            alive.add(index);
        }
        for (int round = 0; round < 3; round++) {
            for (int crash = 0; crash < 2; crash++) {
                circle.crash(alive.remove(circle.random.nextInt(alive.size())));
            }
            circle.run();
            allAreReadBy(circle.seats.get(alive.get(0)));
            circle.advance(12);
            allAreReadBy(circle.seats.get(alive.get(1)));
        }
    }

    @Test
    void aRingOfFortyFindsItsWayThoughNobodyKnowsAll() {
        // CRD-14, CRD-20
        Circle circle = Circle.of(15, 40);
        fill(circle);

        allAreReadBy(circle.seats.get(39));
        allAreReadBy(circle.seats.get(17));
    }

    @Test
    void sameSeedSameMessages() {
        Circle one = Circle.of(16, 7);
        Circle other = Circle.of(16, 7);
        fill(one);
        fill(other);

        assertThat(one.delivered).isEqualTo(other.delivered).isPositive();
        assertThat(one.seats.get(3).whispered.toString())
                .isEqualTo(other.seats.get(3).whispered.toString());
    }

    private static void fill(Circle circle) {
        for (int key = 0; key < KEYS; key++) {
            circle.seats.get(key % circle.seats.size()).put("key " + key, Value.of(key));
        }
        circle.run();
    }

    private static void allAreReadBy(Circle.Seat seat) {
        for (int key = 0; key < KEYS; key++) {
            Outcome outcome = seat.read("key " + key);
            assertThat(outcome).as("key %s", key).isEqualTo(new ChordOutcome.Found(Value.of(key)));
        }
    }
}
