package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import today.p2p.ids.Base58;
import today.p2p.kernel.Address;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Copies are where they are to be, however the views of the nodes differ for a while. */
class CopyTest {
    private static final int KEYS = 10;
    private static final int HELD = KEYS * 5 * 3;

    @Test
    void aCopyFromANearerPeerIsKeptThoughAnotherOneSeemsToBeTheOwner() {
        // CRD-26
        Circle circle = new Circle(1);
        IntStream.range(0, 4).forEach(index -> circle.add());
        IntStream.range(1, 4).forEach(index -> circle.connect(0, index));
        Circle.Seat seat = circle.seats.get(0);
        seat.join();
        IntStream.range(1, 4).forEach(index -> seat.told(index, 2, Value.of(5), Value.of("0")));
        int kept = 0;
        for (int key = 0; key < 40; key++) {
            Position position = Position.of(Bytes.ofUtf8("key " + key)).get(0);
            List<Integer> nearest = nearest(position);
            int self = nearest.indexOf(0);
            for (int nearer = 1; nearer < self; nearer++) {
                seat.told(nearest.get(nearer), 2, Value.of(11), position.hashName(), position.key(), Value.of(key));
            }
            kept += self > 1 ? 1 : 0;
            assertThat(seat.share.stats().entries()).isEqualTo(kept);
        }
        assertThat(kept).isPositive();
    }

    @Test
    void whoIsNoLongerToHaveACopyKeepsItForAWhile() {
        // CRD-28
        Circle circle = Circle.of(2, 6);
        fill(circle);
        circle.advance(30);
        assertThat(held(circle)).isEqualTo(HELD);

        circle.add().join();
        circle.connect(6, 0);
        circle.advance(12);
        assertThat(held(circle)).isGreaterThan(HELD);
        circle.advance(20);
        assertThat(held(circle)).isEqualTo(HELD);
    }

    @Test
    void aCopyThatWasLostIsSentAgain() {
        // CRD-30
        Circle circle = Circle.of(3, 3);
        fill(circle);
        Circle.Seat seat = circle.seats.get(1);
        for (Share.Held held : seat.share.held()) {
            Position position = position(held);
            int owner = nearest(position).stream()
                    .filter(one -> one < 3)
                    .findFirst()
                    .orElseThrow();
            if (owner != 1) {
                // As if the owner had said so.
                seat.told(owner, 2, Value.of(11), position.hashName(), position.key(), Value.nil());
            }
        }
        assertThat(held(circle)).isLessThan(HELD);

        circle.advance(30);
        assertThat(held(circle)).isEqualTo(HELD);
    }

    @Test
    void whatAPeerSaidOnALinkThatWasReplacedNoLongerCounts() {
        // CRD-2
        Circle circle = new Circle(4);
        circle.add();
        circle.add();
        circle.connect(0, 1);
        Circle.Seat seat = circle.seats.get(0);
        seat.told(1, 2, Value.of(5), Value.of("0"));
        assertThat(seat.share.stats().joinedPeers()).isEqualTo(1);

        Handshake peer = new Handshake(Circle.id(1), new Address("203.0.113.9", 1), List.of(), List.of());
        seat.perform(seat.share.joined(new LinkId(777), peer, true, circle.now()));
        assertThat(seat.share.stats().joinedPeers()).isZero();
        seat.perform(seat.share.left(Circle.link(0, 1), circle.now()));
        assertThat(seat.share.stats().joinedPeers()).isZero();
    }

    private static Position position(Share.Held held) {
        Value key = Value.of(Base58.write(held.number()));
        return Position.read(List.of(Value.nil(), Value.of(held.table().hashName()), key))
                .orElseThrow();
    }

    /** The seats, nearest to a position first. */
    private static List<Integer> nearest(Position position) {
        return IntStream.range(0, 4)
                .boxed()
                .sorted((one, other) -> RingId.of(Circle.id(one))
                        .distanceTo(position.place())
                        .compareTo(RingId.of(Circle.id(other)).distanceTo(position.place())))
                .toList();
    }

    private static void fill(Circle circle) {
        for (int key = 0; key < KEYS; key++) {
            circle.seats.get(key % circle.seats.size()).put("key " + key, Value.of(key));
        }
        circle.run();
    }

    private static int held(Circle circle) {
        return circle.seats.stream()
                .mapToInt(seat -> seat.share.stats().entries())
                .sum();
    }
}
