package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** What a share asks for a read, which answers count, and how it ends. */
class ReadTest {
    @Test
    void anAnswerThatNobodyAskedForIsIgnored() {
        // CRD-16, CRD-21, CRD-22
        Circle circle = new Circle(3);
        circle.add();
        circle.add().join();
        circle.add();
        circle.connect(0, 1);
        circle.connect(0, 2);
        circle.run();
        Circle.Seat seat = circle.seats.get(0);
        long call = seat.get("key");

        answer(seat, 2, 5, Value.of("a lie"));
        assertThat(seat.outcomes).doesNotContainKey(call);
        answer(seat, 1, 2, Value.of(5));
        answer(seat, 1, 1, Value.nil());
        assertThat(seat.outcomes).doesNotContainKey(call);
        answer(seat, 1, 3, Value.of(5));
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void aLaterValueOverridesANil() {
        // CRD-21
        Circle circle = withOneJoined(1, NodeLimits.DEFAULT);
        Circle.Seat seat = circle.seats.get(0);
        long call = seat.get("key");

        answer(seat, 1, 3, Value.nil());
        answer(seat, 1, 3, Value.of(5));

        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void fiveAnswersEndAReadAtOnceAndSilenceInTime() {
        // CRD-23
        Circle circle = withOneJoined(1, NodeLimits.DEFAULT);
        Circle.Seat seat = circle.seats.get(0);
        long absent = seat.get("key");
        answer(seat, 1, 5, Value.nil());
        assertThat(seat.outcomes.get(absent)).isEqualTo(new ChordOutcome.Absent());

        long split = seat.get("key");
        for (int index = 0; index < 5; index++) {
            answerOne(seat, 1, index, Value.of(index / 2));
        }
        assertThat(seat.outcomes.get(split)).isEqualTo(new ChordOutcome.NoMajority());

        long late = seat.get("key");
        answer(seat, 1, 2, Value.of(5));
        seat.perform(seat.share.tick(new Time(11 * Time.SECOND, Circle.WALL)));
        assertThat(seat.outcomes.get(late)).isEqualTo(new ChordOutcome.TimedOut(2));

        long lost = seat.get("key");
        answer(seat, 1, 1, Value.of(5));
        circle.crash(1);
        assertThat(seat.outcomes.get(lost)).isEqualTo(new ChordOutcome.TimedOut(1));
    }

    @Test
    void whatWhoLeavesWasAskedIsAskedOfTheNextOwnerAtOnce() {
        // CRD-18, CRD-24
        Circle circle = withOneJoined(1, NodeLimits.DEFAULT);
        Circle.Seat seat = circle.seats.get(0);
        long call = seat.get("key");
        circle.add().join();
        circle.connect(0, 2);
        seat.told(2, 2, Value.of(5), Value.of("0"));
        seat.told(1, 2, Value.of(5), Value.of("1"));
        answer(seat, 1, 5, Value.nil());
        assertThat(seat.outcomes).as("it has handed over what it was asked for").doesNotContainKey(call);

        answer(seat, 2, 3, Value.of(5));
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void aCallerMayEndAReadOrGiveItUp() {
        // CRD-23, CRD-31
        Circle circle = withOneJoined(1, NodeLimits.DEFAULT);
        Circle.Seat seat = circle.seats.get(0);
        long two = seat.get("key");
        answer(seat, 1, 2, Value.nil());
        seat.end(two, false);
        assertThat(seat.outcomes.get(two)).isEqualTo(new ChordOutcome.TimedOut(2));

        long merge = seat.merge("key", map("a", 1));
        long given = seat.merge("key", map("b", 1));
        answer(seat, 1, 3, Value.nil());
        seat.end(given, true);
        assertThat(seat.outcomes.get(given)).isEqualTo(new ChordOutcome.TimedOut(3));
        assertThat(seat.said(11)).isEmpty();
        seat.end(merge, false);
        assertThat(seat.outcomes.get(merge)).isEqualTo(new ChordOutcome.Found(map("a", 1)));
        assertThat(seat.said(11)).hasSize(5);
        seat.end(merge, true);
    }

    @Test
    void readsOfOneKeyShareTheirQuestionsAndEachEnds() {
        // CRD-18, CRD-24
        Circle circle = withOneJoined(1, NodeLimits.DEFAULT.with(Limit.MAX_READS, 2));
        Circle.Seat seat = circle.seats.get(0);
        long one = seat.get("key");
        long other = seat.get("key");
        long above = seat.get("key");
        long confirmed = seat.putConfirmed("other", Value.of(6));
        long plain = seat.put("other", Value.of(6));

        assertThat(seat.said(12)).hasSize(5);
        assertThat(seat.failure(above)).isEqualTo(ErrorCode.LIMIT);
        assertThat(seat.failure(confirmed)).isEqualTo(ErrorCode.LIMIT);
        assertThat(seat.outcomes.get(plain)).isEqualTo(new ChordOutcome.Stored()); // reads nothing
        answer(seat, 1, 3, Value.of(5));
        assertThat(seat.outcomes.get(one)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
        assertThat(seat.outcomes.get(other)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void endlessQuestionsOfOnePeerAreBoundedAndEnd() {
        // CRD-18
        Circle circle = withOneJoined(2, NodeLimits.DEFAULT);
        Circle.Seat seat = circle.seats.get(0);

        ask(seat, 1000);

        assertThat(seat.share.stats().questions()).isEqualTo(256);
        assertThat(seat.said(12)).hasSize(256);
        circle.crash(2);
        circle.advance(4);
        assertThat(seat.share.stats().questions()).isZero();
    }

    @Test
    void questionsOfPeersLeaveRoomForOnesOwn() {
        // CRD-18, max-questions
        Circle circle = withOneJoined(2, NodeLimits.DEFAULT.with(Limit.MAX_QUESTIONS, 20));
        Circle.Seat seat = circle.seats.get(0);
        ask(seat, 30);
        assertThat(seat.said(12)).hasSize(10);

        long call = seat.get("key");
        assertThat(seat.said(12)).hasSize(15);
        answer(seat, 2, 3, Value.of(5));
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void allReadsThatMayBeOpenAreAskedWhateverPeersAsk() {
        // CRD-24, CRD-18, max-reads, max-questions
        int most = (int) Limit.MAX_READS.standard();
        int peers = (int) Limit.MAX_QUESTIONS.standard() / 2;
        Circle circle = withOneJoined(2, NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUESTIONS, peers));
        Circle.Seat seat = circle.seats.get(0);
        ask(seat, peers + 1);
        assertThat(seat.share.stats().questions()).isEqualTo(peers);

        for (int key = 0; key < most; key++) {
            seat.get("own " + key);
        }
        assertThat(seat.share.stats().questions()).isEqualTo(peers + 5 * most);
        assertThat(seat.failure(seat.get("one more"))).isEqualTo(ErrorCode.LIMIT);
    }

    @Test
    void twoLiarsOfFiveAreOutvoted() {
        // CRD-22
        Circle circle = Circle.of(6, 12);
        for (int key = 0; key < 20; key++) {
            circle.seats.get(0).put("key " + key, Value.of(key));
        }
        circle.run();
        circle.lies(3);
        circle.lies(4);

        for (int key = 0; key < 20; key++) {
            long call = circle.seats.get(0).owners("key " + key);
            ChordOutcome.Owners owners = (ChordOutcome.Owners)
                    Objects.requireNonNull(circle.seats.get(0).outcomes.get(call));
            long lies = owners.nodes().stream()
                    .filter(id -> id.equals(Circle.id(3)) || id.equals(Circle.id(4)))
                    .count();
            if (lies <= 2) {
                assertThat(circle.seats.get(0).read("key " + key)).isEqualTo(new ChordOutcome.Found(Value.of(key)));
            }
        }
    }

    /** Node 0 with links to so many others that know nobody else, of which the last has joined. */
    private static Circle withOneJoined(int others, NodeLimits limits) {
        Circle circle = new Circle(3, limits);
        circle.add();
        for (int other = 1; other <= others; other++) {
            Circle.Seat seat = circle.add();
            if (other == others) {
                seat.join();
            }
            circle.connect(0, other);
        }
        circle.run();
        return circle;
    }

    /** Node 1 asks for so many positions. */
    private static void ask(Circle.Seat seat, int count) {
        for (int key = 0; key < count; key++) {
            Position position = Position.of(Bytes.ofUtf8("key " + key)).get(0);
            seat.told(1, 2, Value.of(12), position.hashName(), position.key());
        }
    }

    private static void answer(Circle.Seat seat, int from, int count, Value value) {
        for (int index = 0; index < count; index++) {
            answerOne(seat, from, index, value);
        }
    }

    private static void answerOne(Circle.Seat seat, int from, int index, Value value) {
        Position position = Position.of(Bytes.ofUtf8("key")).get(index);
        seat.told(from, 2, Value.of(13), position.hashName(), position.key(), value);
    }

    private static Value.Map map(String key, int value) {
        return Value.map(List.of(new Value.Entry(Value.of(key), Value.of(value))));
    }
}
