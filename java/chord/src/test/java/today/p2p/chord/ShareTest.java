package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** What one share does, one rule at a time. */
class ShareTest {
    private static final Position FIRST = Position.of(Bytes.ofUtf8("key")).get(0);

    @Test
    void eachSideSaysItsStateOnALinkAndWhenItChanges() {
        // CRD-1, CRD-3, CRD-5
        Circle circle = pair();

        circle.seats.get(0).join();

        assertThat(circle.seats.get(0).said(5)).containsExactly(text("1"), text("0"));
        assertThat(circle.seats.get(1).said(5)).containsExactly(text("1"));
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
        assertThat(seat.said(5)).hasSize(1);
    }

    @Test
    void withoutAnybodyWhoHasJoinedACallFails() {
        // CRD-31
        Circle circle = pair();
        long call = circle.seats.get(0).get("key");

        assertThat(circle.seats.get(0).failure(call)).isEqualTo(ErrorCode.ABSENT);
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
        assertThat(seat.failure(refused)).isEqualTo(ErrorCode.SHAPE);
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
        assertThat(seat.failure(large)).isEqualTo(ErrorCode.LIMIT);
        long longKey = seat.put("k".repeat(4097), Value.of(1));
        assertThat(seat.failure(longKey)).isEqualTo(ErrorCode.LIMIT);
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
        assertThat(seat.said(11)).isEmpty();

        seat.put("key", Value.of(5));
        circle.run();
        seat.put("key", Value.nil());
        seat.put("key", Value.nil());
        circle.run();
        assertThat(seat.said(11)).hasSize(10);
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

    private static Bytes bytes(Value text) {
        return ((Value.ByteString) text).bytes();
    }

    private static Value.Map map(String key, int value) {
        return Value.map(List.of(new Value.Entry(Value.of(key), Value.of(value))));
    }

    private static Value text(String text) {
        return Value.of(text);
    }

    private static List<Value> last(Circle.Seat seat, int fromEnd) {
        List<Value> payload =
                seat.whispered.get(seat.whispered.size() - fromEnd).payload();
        return payload.subList(1, payload.size());
    }
}
