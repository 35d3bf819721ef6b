package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** What one share does, one rule at a time. */
class ShareTest {
    private static final Position FIRST = Position.of(Bytes.ofUtf8("key")).get(0);

    @Test
    void eachSideSaysItsStateOnALinkAndWhenItChanges() {
        // CRD-1, CRD-3, CRD-5
        Circle circle = pair();

        circle.seats.get(0).join();

        assertThat(said(circle.seats.get(0), 5)).containsExactly(text("1"), text("0"));
        assertThat(said(circle.seats.get(1), 5)).containsExactly(text("1"));
    }

    @Test
    void metaIsReadAsTextAndAsBinaryAndNeverAnswered() {
        // CRD-4
        Circle circle = pair();
        Circle.Seat seat = circle.seats.get(0);

        seat.told(1, 2, Value.of(5), Value.of(Bytes.ofUtf8("0")));
        assertThat(seat.share.stats().joinedPeers()).isEqualTo(1);
        seat.told(1, 2, Value.of(5), text("yes"));
        seat.told(1, 2, Value.of(5), Value.of(1));
        seat.told(1, 0, Value.of(5), text("1"));
        assertThat(seat.share.stats().joinedPeers()).isEqualTo(1);
        seat.told(1, 2, Value.of(5), text("1"));
        assertThat(seat.share.stats().joinedPeers()).isZero();
        assertThat(said(seat, 5)).hasSize(1);
    }

    @Test
    void withoutAnybodyWhoHasJoinedACallFails() {
        // CRD-31
        Circle circle = pair();
        long call = circle.seats.get(0).get("key");

        assertThat(failure(circle.seats.get(0), call)).isEqualTo(ErrorCode.ABSENT);
    }

    @Test
    void anAnswerHasTheTypesOfItsQuestion() {
        // CRD-6, CRD-15
        Circle circle = pair();
        Circle.Seat seat = circle.seats.get(0);
        seat.join();
        circle.run();
        seat.told(1, 2, Value.of(11), text("sha1"), FIRST.key(), Value.of(5));

        seat.told(1, 2, Value.of(12), text("sha1"), Value.of(bytes(FIRST.key())));
        seat.told(1, 2, Value.of(12), Value.of(Bytes.ofUtf8("sha1")), FIRST.key());

        assertThat(last(seat, 2)).containsExactly(text("sha1"), Value.of(bytes(FIRST.key())), Value.of(5));
        assertThat(last(seat, 1)).containsExactly(Value.of(Bytes.ofUtf8("sha1")), FIRST.key(), Value.of(5));
    }

    @Test
    void whatHasAnotherFormIsIgnored() {
        // CRD-7
        Circle circle = pair();
        Circle.Seat seat = circle.seats.get(0);
        seat.join();
        circle.run();
        int before = seat.whispered.size();

        seat.told(1, 2, Value.of(11), text("sha3"), FIRST.key(), Value.of(5));
        seat.told(1, 2, Value.of(17), text("sha3"), FIRST.key(), Value.map());
        seat.told(1, 2, Value.of(12), text("SHA1"), FIRST.key());
        seat.told(1, 2, Value.of(12), Value.of(1), FIRST.key());
        seat.told(1, 2, Value.of(11), text("sha1"), text("0OIl"), Value.of(5));
        seat.told(1, 2, Value.of(11), text("sha1"), FIRST.key());
        seat.told(1, 2, Value.of(17), text("sha1"), FIRST.key(), Value.of(5));
        seat.told(1, 2, Value.of(13));
        seat.told(1, 0, Value.of(11), text("sha1"), FIRST.key(), Value.of(5));

        assertThat(seat.share.stats().entries()).isZero();
        assertThat(seat.whispered).hasSize(before);
    }

    @Test
    void aDeltaMergesAndRefusesWhatIsNoMap() {
        // CRD-9
        Circle circle = Circle.of(1, 5);
        Circle.Seat seat = circle.seats.get(2);
        long fresh = seat.merge("map", map("a", 1));
        circle.run();
        long second = circle.seats.get(3).merge("map", map("b", 2));
        circle.run();
        seat.put("number", Value.of(5));
        long refused = seat.merge("number", map("a", 1));
        circle.run();

        assertThat(seat.outcomes.get(fresh)).isEqualTo(new ChordOutcome.Found(map("a", 1)));
        Value both = ((ChordOutcome.Found)
                        Objects.requireNonNull(circle.seats.get(3).outcomes.get(second)))
                .value();
        assertThat(circle.seats.get(4).read("map")).isEqualTo(new ChordOutcome.Found(both));
        assertThat(((Value.Map) both).size()).isEqualTo(2);
        assertThat(failure(seat, refused)).isEqualTo(ErrorCode.SHAPE);
        assertThat(circle.seats.get(4).read("number")).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void thePositionsOfANodeAreBounded() {
        // CRD-10
        Circle circle = new Circle(1, NodeLimits.DEFAULT.with(Limit.MAX_ENTRIES, 10));
        Circle.Seat seat = circle.add();
        seat.join();
        seat.put("one", Value.of(1));
        seat.put("two", Value.of(2));
        seat.put("three", Value.of(3));
        assertThat(seat.share.stats().entries()).isEqualTo(10);
        assertThat(seat.read("two")).isEqualTo(new ChordOutcome.Found(Value.of(2)));
        assertThat(seat.read("three")).isEqualTo(new ChordOutcome.Absent());
        long fits = seat.put("one", Value.of(Bytes.of(new byte[(1 << 20) - 5])));
        long large = seat.put("one", Value.of(Bytes.of(new byte[(1 << 20) - 4])));
        assertThat(seat.outcomes.get(fits)).isEqualTo(new ChordOutcome.Stored());
        assertThat(failure(seat, large)).isEqualTo(ErrorCode.LIMIT);
        long longKey = seat.put("k".repeat(4097), Value.of(1));
        assertThat(failure(seat, longKey)).isEqualTo(ErrorCode.LIMIT);
    }

    @Test
    void aDeletionReachesPy2pOnlyWhenItHoldsThePosition() {
        // CRD-11
        Circle circle = new Circle(1);
        circle.add();
        circle.add().join();
        circle.connect(0, 1, Lineage.PY2P);
        circle.run();
        Circle.Seat seat = circle.seats.get(0);

        seat.put("key", Value.nil());
        circle.run();
        assertThat(said(seat, 11)).isEmpty();

        seat.put("key", Value.of(5));
        circle.run();
        seat.put("key", Value.nil());
        seat.put("key", Value.nil());
        circle.run();
        assertThat(said(seat, 11)).hasSize(10);
        assertThat(seat.read("key")).isEqualTo(new ChordOutcome.Absent());
    }

    @Test
    void keysAreAnnouncedOnceAndToldToWhoComesLater() {
        // CRD-12, CRD-13
        Circle circle = Circle.of(2, 3);
        circle.seats.get(0).put("key", Value.of(1));
        circle.seats.get(0).put("key", Value.of(2));
        circle.seats.get(1).put("gone", Value.of(3));
        circle.run();
        circle.seats.get(2).put("gone", Value.nil());
        circle.run();
        Circle.Seat late = circle.add();
        circle.connect(3, 1);
        circle.run();

        assertThat(late.share.keys()).containsExactly(Bytes.ofUtf8("key"));
        assertThat(circle.seats.get(0).news)
                .containsExactly(
                        new ChordNews.Added(Bytes.ofUtf8("key")),
                        new ChordNews.Added(Bytes.ofUtf8("gone")),
                        new ChordNews.Deleted(Bytes.ofUtf8("gone")));
    }

    @Test
    void theKeyListIsBounded() {
        // CRD-12
        Circle circle = new Circle(1, NodeLimits.DEFAULT.with(Limit.MAX_KEYS, 2));
        circle.add();
        circle.add();
        circle.connect(0, 1);
        for (String key : List.of("one", "two", "three", "k".repeat(4097))) {
            circle.seats.get(0).told(1, 2, Value.of(6), Value.of(Bytes.ofUtf8(key)));
        }
        assertThat(circle.seats.get(0).share.keys()).containsExactly(Bytes.ofUtf8("one"), Bytes.ofUtf8("two"));
    }

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
        seat.told(2, 2, Value.of(5), text("0"));
        seat.told(1, 2, Value.of(5), text("1"));
        answer(seat, 1, 5, Value.nil());
        assertThat(seat.outcomes).as("it has handed over what it was asked for").doesNotContainKey(call);

        answer(seat, 2, 3, Value.of(5));
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
    }

    @Test
    void aCopyThatComesToWhoHasLeftDoesNotGoBack() {
        // CRD-14, CRD-26
        Circle circle = Circle.of(5, 2);
        Circle.Seat seat = circle.seats.get(0);
        seat.leave();
        circle.run();
        RingId own = RingId.of(Circle.id(0));
        RingId peer = RingId.of(Circle.id(1));
        int sent = seat.whispered.size();
        int returned = 0;
        for (int key = 0; key < 20; key++) {
            Position position = Position.of(Bytes.ofUtf8("key " + key)).get(0);
            seat.told(1, 2, Value.of(11), position.hashName(), position.key(), Value.of(key));
            boolean isCopy = peer.distanceTo(position.place()).compareTo(own.distanceTo(position.place())) < 0;
            returned += isCopy ? 0 : 1;
            assertThat(seat.whispered).hasSize(sent + returned);
        }
        assertThat(returned).isBetween(1, 19);
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
        assertThat(said(seat, 11)).isEmpty();
        seat.end(merge, false);
        assertThat(seat.outcomes.get(merge)).isEqualTo(new ChordOutcome.Found(map("a", 1)));
        assertThat(said(seat, 11)).hasSize(5);
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

        assertThat(said(seat, 12)).hasSize(5);
        assertThat(failure(seat, above)).isEqualTo(ErrorCode.LIMIT);
        assertThat(failure(seat, confirmed)).isEqualTo(ErrorCode.LIMIT);
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
        assertThat(said(seat, 12)).hasSize(256);
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
        assertThat(said(seat, 12)).hasSize(10);

        long call = seat.get("key");
        assertThat(said(seat, 12)).hasSize(15);
        answer(seat, 2, 3, Value.of(5));
        assertThat(seat.outcomes.get(call)).isEqualTo(new ChordOutcome.Found(Value.of(5)));
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

    @Test
    void aConfirmedPutEndsWhenThreePositionsHoldIt() {
        // CRD-8
        Circle circle = Circle.of(7, 6);
        long call = circle.seats.get(1).putConfirmed("key", Value.of(5));
        assertThat(circle.seats.get(1).outcomes).doesNotContainKey(call);
        circle.run();
        assertThat(circle.seats.get(1).outcomes.get(call)).isEqualTo(new ChordOutcome.Stored());
    }

    private static Circle pair() {
        Circle circle = new Circle(1);
        circle.add();
        circle.add();
        circle.connect(0, 1);
        circle.run();
        return circle;
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

    private static Bytes bytes(Value text) {
        return ((Value.ByteString) text).bytes();
    }

    private static Value.Map map(String key, int value) {
        return Value.map(List.of(new Value.Entry(Value.of(key), Value.of(value))));
    }

    private static Value text(String text) {
        return Value.of(text);
    }

    private static ErrorCode failure(Circle.Seat seat, long call) {
        return ((ChordOutcome.Refused) Objects.requireNonNull(seat.outcomes.get(call)))
                .why()
                .code();
    }

    /** The first item of all that was whispered with a sub-flag. */
    private static List<Value> said(Circle.Seat seat, int subFlag) {
        return seat.whispered.stream()
                .map(Message::payload)
                .filter(payload -> payload.get(0).equals(Value.of(subFlag)))
                .map(payload -> payload.get(1))
                .toList();
    }

    private static List<Value> last(Circle.Seat seat, int fromEnd) {
        List<Value> payload =
                seat.whispered.get(seat.whispered.size() - fromEnd).payload();
        return payload.subList(1, payload.size());
    }
}
