package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** How peers are told of the keys. */
class KeyListTest {
    private static final LinkId LINK = new LinkId(1);
    /** A key of 12 bytes counts as 140, so that 7 fit in a tenth of 10,000. */
    private static final int IN_A_PORTION = 7;

    @Test
    void whoCouldBePy2pIsToldInPortionsOfATenthOfTheRate() { // CRD-38, foreign-key-rate
        KeyList keys = withKeys(200, NodeLimits.DEFAULT);
        keys.begin(LINK, false, at(0));
        List<Bytes> told = new ArrayList<>(keys.next(LINK, at(0)));
        assertThat(told).hasSize(IN_A_PORTION);
        assertThat(keys.isWaitingForRoom(LINK)).isFalse();

        while (keys.deadline().isPresent()) {
            long due = keys.deadline().getAsLong();
            assertThat(keys.due(at(due - 1))).isEmpty();
            assertThat(keys.next(LINK, at(due - 1))).isEmpty();
            assertThat(keys.due(at(due))).containsExactly(LINK);
            List<Bytes> portion = keys.next(LINK, at(due));
            assertThat(portion).hasSizeBetween(1, IN_A_PORTION);
            told.addAll(portion);
            assertThat(due).isBetween(nanosFor(told.size() - portion.size()), nanosFor(told.size()));
        }
        assertThat(told).containsExactlyElementsOf(keys.view());
    }

    @Test
    void othersAreToldAsMuchAsALinkHasRoomFor() { // CRD-38, CRD-12
        KeyList keys = withKeys(1000, NodeLimits.DEFAULT);
        keys.begin(LINK, true, at(0));

        assertThat(keys.next(LINK, at(0))).hasSizeGreaterThan(100);
        assertThat(keys.isWaitingForRoom(LINK)).isTrue();
        assertThat(keys.deadline()).isEmpty();
        assertThat(keys.due(at(Time.SECOND))).isEmpty();
        assertThat(keys.next(LINK, at(0))).isNotEmpty();
    }

    @Test
    void aKeyThatIsLongerThanAPortionIsOneByItself() { // CRD-38
        KeyList keys = withKeys(3, NodeLimits.DEFAULT.with(Limit.FOREIGN_KEY_RATE, 1));
        keys.begin(LINK, false, at(0));

        assertThat(keys.next(LINK, at(0))).hasSize(1);
        assertThat(keys.deadline()).isPresent();
    }

    @Test
    void aLinkThatIsGoneIsToldNothing() { // CRD-38
        KeyList keys = withKeys(200, NodeLimits.DEFAULT);
        keys.begin(LINK, false, at(0));
        keys.next(LINK, at(0));
        keys.end(LINK);

        assertThat(keys.deadline()).isEmpty();
        assertThat(keys.next(LINK, at(Time.SECOND))).isEmpty();
    }

    @Test
    void aShareTellsAllOfItInTime() { // CRD-38, CRD-12
        Circle circle = new Circle(1);
        circle.add();
        circle.add();
        Circle.Seat seat = circle.seats.get(0);
        for (int key = 0; key < 50; key++) {
            seat.told(1, 0, Value.of(Opcode.NOTIFY.number()), Value.of(key(key)));
        }
        circle.connect(0, 1, Lineage.PY2P);
        circle.run();
        assertThat(circle.seats.get(1).share.keys()).hasSize(IN_A_PORTION);
        circle.advance(3);

        assertThat(circle.seats.get(1).share.keys()).hasSize(50);
    }

    private static long nanosFor(int keys) {
        return keys * 140L * Time.SECOND / 10_000;
    }

    private static KeyList withKeys(int count, NodeLimits limits) {
        KeyList keys = new KeyList(limits);
        for (int key = 0; key < count; key++) {
            keys.add(key(key));
        }
        return keys;
    }

    private static Bytes key(int number) {
        return Bytes.ofUtf8("key %08d".formatted(number));
    }

    private static Time at(long nanos) {
        return new Time(nanos, 1_500_000_000L);
    }
}
