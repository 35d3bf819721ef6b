package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** A node that has just joined, and knows one peer only (CRD-35, CRD-36). */
class NewcomerTest {
    private static final int NODES = 12;
    private static final int KEYS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsThereIsNotAbsentForWhoKnowsNoNeighbour(long seed) { // CRD-35
        Circle circle = ring(seed);
        Circle.Seat newcomer = newcomer(circle);
        int absent = 0;
        for (int key = 0; key < KEYS; key++) {
            if (newcomer.read("key " + key) instanceof ChordOutcome.Absent) {
                absent++;
            }
        }
        assertThat(absent).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatItLacksIsFoundByItsOnlyPeer(long seed) { // CRD-36
        Circle circle = ring(seed);
        newcomer(circle);
        for (int key = 0; key < KEYS; key++) {
            assertThat(circle.seats.get(0).read("key " + key)).isEqualTo(new ChordOutcome.Found(Value.of(key)));
        }
    }

    @Test
    void whatNobodyHoldsIsStillAbsentAtOnceInARingThatKnowsItself() { // CRD-17, CRD-23
        Circle circle = ring(1);
        for (int index = 0; index < NODES; index++) {
            assertThat(circle.seats.get(index).read("nothing")).isEqualTo(new ChordOutcome.Absent());
        }
    }

    private static Circle ring(long seed) {
        Circle circle = Circle.of(seed, NODES);
        for (int key = 0; key < KEYS; key++) {
            circle.seats.get(key % NODES).put("key " + key, Value.of(key));
        }
        circle.advance(30);
        return circle;
    }

    /** Of the nodes that could come, one that owns something; it comes by a node, and hears of no other. */
    private static Circle.Seat newcomer(Circle circle) {
        circle.learns = false;
        Circle.Seat newcomer = circle.add();
        circle.connect(NODES, 0);
        newcomer.join();
        circle.run();
        assertThat(newcomer.links()).isEqualTo(1);
        assertThat(newcomer.share.keys()).contains(Bytes.ofUtf8("key 1"));
        return newcomer;
    }
}
