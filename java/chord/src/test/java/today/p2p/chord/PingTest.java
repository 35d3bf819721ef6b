package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import today.p2p.kernel.Lineage;
import today.p2p.msgpack.Value;

/** Peers show that they answer, so that their death is seen. */
class PingTest {
    @Test
    void aPeerIsPingedOnceInTheFirstRoundUnlessItIsOfTheOldKind() {
        // CRD-34
        Circle circle = new Circle(1);
        circle.add();
        circle.add();
        circle.add();
        circle.connect(0, 1);
        circle.connect(0, 2, Lineage.PY2P);
        circle.advance(30);

        assertThat(pings(circle.seats.get(1))).isEqualTo(pings(circle.seats.get(2)));
        assertThat(pings(circle.seats.get(0))).isEqualTo(1);
    }

    private static long pings(Circle.Seat seat) {
        return seat.whispered.stream()
                .filter(message -> message.payload().get(0).equals(Value.of(3)))
                .count();
    }
}
