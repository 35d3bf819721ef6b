package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static today.p2p.chord.Nearest.AHEAD;
import static today.p2p.chord.Nearest.OWNER;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.ids.NodeId;
import today.p2p.msgpack.Bytes;

/** CHO-1 to CHO-6. */
class RingTest {
    private static final BigInteger RING = BigInteger.TWO.pow(384);

    @Test
    void theDistanceGoesUpwardsAndWrapsAround() {
        // CHO-1
        assertThat(at(3).distanceTo(at(5))).isEqualTo(2);
        assertThat(at(5).distanceTo(at(3))).isEqualTo(RING.subtract(BigInteger.TWO));
        assertThat(at(5).distanceTo(at(5))).isEqualTo(0);
        assertThat(at(-1).distanceTo(at(0))).isEqualTo(1);
    }

    @Test
    void whoIsNearerIsSeenWithoutTheDistances() {
        // CHO-1
        for (long place = -4; place <= 4; place++) {
            for (long one = -4; one <= 4; one++) {
                for (long other = -4; other <= 4; other++) {
                    BigInteger way = at(one).distanceTo(at(place));
                    assertThat(at(place).isNearer(at(one), at(other)))
                            .isEqualTo(way.compareTo(at(other).distanceTo(at(place))) < 0);
                }
            }
        }
    }

    @Test
    void aPlaceIsReducedOnlyWhenAsked() {
        // CHO-3
        assertThat(RingId.of(RING)).isEqualTo(at(0));
        assertThat(RingId.of(RING.subtract(BigInteger.ONE))).isEqualTo(at(-1));
        assertThat(new RingId(RING.subtract(BigInteger.ONE))).isEqualTo(at(-1));
        assertThatThrownBy(() -> new RingId(RING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RingId(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
    }

    // CHO-2, CHO-3; computed with Python's hashlib.
    @ParameterizedTest
    @CsvSource({
        "SHA1, 25578076254076532308073268814608329301333421613155459524307291434845973433086416580097734414185154631831718151061504",
        "SHA224, 35828974802353437837959766197964870509675303578649196439721126305505886793820427618407258719168218289964446059069440",
        "SHA256, 6840086048874338973734589042121800933418331814326412928058492143953021978493275931926809415578040436391881037840384",
        "SHA384, 4225634152525704464805287095003250791465984836662089795715412332652251757742833098661888162710624179466025785343413",
        "SHA512, 6872069883508209537687987780978293924054312053027592698031314672528941202653866337277559718617122527646076944597801400631678229897540755672330198084320265",
    })
    void aKeyHasAPositionInEachTable(Table table, BigInteger position) {
        assertThat(table.position(Bytes.ofUtf8("key"))).isEqualTo(position);
    }

    @Test
    void aTableIsKnownByTheNameOfItsHash() {
        assertThat(Stream.of(Table.values()).map(Table::hashName))
                .containsExactly("sha1", "sha224", "sha256", "sha384", "sha512");
        assertThat(Table.named(Bytes.ofUtf8("sha224"))).contains(Table.SHA224);
        assertThat(Table.named(Bytes.ofUtf8("SHA224"))).isEmpty();
        assertThat(Table.named(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void aNodeStandsAtTheNumberOfItsId() {
        // CHO-4
        assertThat(RingId.of(NodeId.read(Bytes.ofUtf8("21")).value().orElseThrow()))
                .isEqualTo(at(58));
    }

    @Test
    void theOwnerIsTheNodeAtOrBehindThePosition() {
        // CHO-5
        List<Integer> nodes = List.of(10, 20, 30);

        assertThat(nearest(OWNER, 20, nodes)).contains(20);
        assertThat(nearest(OWNER, 19, nodes)).contains(10);
        assertThat(nearest(OWNER, 31, nodes)).contains(30);
        assertThat(nearest(OWNER, 9, nodes)).contains(30);
    }

    @Test
    void theNodeAheadIsTheNodeAtOrBeforeThePosition() {
        // CHO-6
        List<Integer> nodes = List.of(10, 20, 30);

        assertThat(nearest(AHEAD, 20, nodes)).contains(20);
        assertThat(nearest(AHEAD, 11, nodes)).contains(20);
        assertThat(nearest(AHEAD, 31, nodes)).contains(10);
    }

    @Test
    void ofEquallyNearNodesTheFirstIsTaken() {
        for (Nearest side : Nearest.values()) {
            assertThat(side.of(at(5), List.of("first", "second"), any -> at(7))).contains("first");
        }
    }

    @Test
    void withoutNodesThereIsNoOwner() {
        assertThat(nearest(OWNER, 5, List.of())).isEmpty();
        assertThat(nearest(AHEAD, 5, List.of())).isEmpty();
    }

    private static Optional<Integer> nearest(Nearest side, int position, List<Integer> nodes) {
        return side.of(at(position), nodes, node -> at(node));
    }

    private static RingId at(long number) {
        return RingId.of(BigInteger.valueOf(number));
    }
}
