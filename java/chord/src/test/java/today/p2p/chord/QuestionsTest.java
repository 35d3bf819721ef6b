package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.chord.Questions.Waiter;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Questions that were answered with nil, which a value may follow (CRD-15, CRD-18). */
class QuestionsTest {
    private static final LinkId LINK = new LinkId(1);
    private static final Value VALUE = Value.of(5);
    private static final int MOST = 20;
    private static final NodeLimits LIMITS = NodeLimits.DEFAULT.with(Limit.MAX_QUESTIONS, MOST);

    private final Questions questions = new Questions(LIMITS);

    @Test
    void whoWasToldNilNoLongerWaits() { // CRD-18, max-questions
        for (int key = 0; key < 3 * MOST; key++) {
            Heard heard = ask(key, 0);
            questions.answered(LINK, position(key), Value.nil(), at(0));
            assertThat(heard.all).containsExactly("nil");
            assertThat(questions.count()).isZero();
            assertThat(questions.hasRoomForPeers()).isTrue();
        }
        assertThat(ask(1, 0).all).isEmpty();
        assertThat(questions.count()).isOne();
    }

    @Test
    void aValueBehindANilIsHeardUntilTheDeadline() { // CRD-15, CRD-18
        Heard inTime = ask(1, 0);
        Heard late = ask(2, 0);
        questions.answered(LINK, position(1), Value.nil(), at(0));
        questions.answered(LINK, position(2), Value.nil(), at(0));
        questions.answered(LINK, position(1), VALUE, at(Time.SECOND));
        questions.tick(at(3 * Time.SECOND));
        questions.answered(LINK, position(2), VALUE, at(3 * Time.SECOND));

        assertThat(inTime.all).containsExactly("nil", "5");
        assertThat(late.all).containsExactly("nil", "over");
        assertThat(questions.deadline()).isEmpty();
    }

    @Test
    void ofThoseThatWereToldNilTheOldestGiveWay() { // CRD-18, max-questions
        List<Heard> all = new ArrayList<>();
        for (int key = 0; key <= MOST; key++) {
            all.add(ask(key, 0));
            questions.answered(LINK, position(key), Value.nil(), at(0));
        }
        assertThat(all.get(0).all).containsExactly("nil", "over");
        assertThat(all.get(1).all).containsExactly("nil");
        questions.answered(LINK, position(0), VALUE, at(0));
        questions.answered(LINK, position(1), VALUE, at(0));

        assertThat(all.get(0).all).containsExactly("nil", "over");
        assertThat(all.get(1).all).containsExactly("nil", "5");
    }

    @Test
    void aPositionThatIsAskedForAgainAndAgainIsHeardByTheLatest() { // CRD-18, max-questions
        List<Heard> all = new ArrayList<>();
        for (int turn = 0; turn < 3 * MOST; turn++) {
            all.add(ask(1, turn));
            questions.answered(LINK, position(1), Value.nil(), at(turn));
        }
        questions.answered(LINK, position(1), VALUE, at(3L * MOST));

        assertThat(all).filteredOn(heard -> heard.all.contains("5")).hasSize(MOST);
        assertThat(all.get(all.size() - 1).all).containsExactly("nil", "5");
    }

    @Test
    void whoAsksAnewWaitsForAnAnswerToThat() { // CRD-15, CRD-18
        Heard first = ask(1, 0);
        questions.answered(LINK, position(1), Value.nil(), at(0));
        Heard second = ask(1, Time.SECOND);
        assertThat(second.all).isEmpty();
        questions.answered(LINK, position(1), VALUE, at(Time.SECOND));

        assertThat(first.all).containsExactly("nil", "5");
        assertThat(second.all).containsExactly("5");
        assertThat(questions.count()).isZero();
    }

    @Test
    void aLinkThatIsGoneSaysNothingMore() { // CRD-18
        Heard told = ask(1, 0);
        questions.answered(LINK, position(1), Value.nil(), at(0));
        Heard waiting = ask(2, 0);
        questions.left(LINK, at(0));

        assertThat(told.all).containsExactly("nil", "over");
        assertThat(waiting.all).containsExactly("lost");
        assertThat(questions.deadline()).isEmpty();
    }

    @Test
    void whatIsAbsentIsReadAsFastAsItIsAnsweredAndPeersAreAnsweredBeside() { // CRD-18, CRD-23
        Circle circle = new Circle(1, LIMITS);
        for (int index = 0; index < 3; index++) {
            circle.add().join();
        }
        circle.connect(0, 1);
        circle.connect(0, 2);
        circle.connect(1, 2);
        circle.advance(30); // so that no doubt of CRD-36 is left
        for (int key = 0; key < 10 * MOST; key++) {
            for (Circle.Seat seat : circle.seats) {
                assertThat(seat.read("key " + key)).isEqualTo(new ChordOutcome.Absent());
            }
        }
    }

    private Heard ask(int key, long nanos) {
        Heard heard = new Heard();
        questions.ask(LINK, position(key), heard, at(nanos));
        return heard;
    }

    private static Position position(int key) {
        return Position.of(Bytes.ofUtf8("key " + key)).get(0);
    }

    private static Out at(long nanos) {
        return new Out(new Time(nanos, 0), new Outbox(LIMITS));
    }

    /** All that a waiter was told. */
    private static final class Heard implements Waiter {
        private final List<String> all = new ArrayList<>();

        @Override
        public void answered(Value value, Out out) {
            all.add(value.kind() == Value.Kind.NIL ? "nil" : "5");
        }

        @Override
        public void lost(Out out) {
            all.add("lost");
        }

        @Override
        public void over(Out out) {
            all.add("over");
        }
    }
}
