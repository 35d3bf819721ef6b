package today.p2p.shell.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import today.p2p.chord.Ring;
import today.p2p.chord.Ring.Relation;
import today.p2p.chord.Ring.Seat;
import today.p2p.chord.RingId;
import today.p2p.chord.Table;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.msgpack.Bytes;

/** {@code p2p ring} in 80 columns. */
class RingDrawingTest {
    @Test
    void theOwnArcGoesFromTheOwnPlaceToTheNext() {
        assertThat(RingDrawing.lines(ring(true, 0.25, 0.5), "chord"))
                .startsWith("""
                ring "chord", as %1$s sees it
                           ...........                  node      place    owns
                       ....           ....           @  %1$s  0.250   25.0 %%  this node
                    ....                 ....        a  %2$s  0.500   75.0 %%  neighbour
                   ..                       ..
                  ..                         ..
                 ..                           ..
                ..          2 joined           ..
                .        3 keys heard of        .
                .          4 positions          @
                .           held here           #
                ..                             ##
                 ..                           ##
                  ..                         ##
                   ..                       ##
                    ....                 ####
                       ....           ####
                           .....a#####
                held here: sha1 3, sha224 0, sha256 0, sha384 0, sha512 1""".formatted(id(0), id(1)).lines().toArray(String[]::new));
    }

    @Test
    void whoeverHasNotJoinedOwnsNothing() {
        List<String> lines = RingDrawing.lines(ring(false, 0.1, 0.5, 0.9), "chord");

        assertThat(lines.get(0)).endsWith("sees it, which has not joined");
        assertThat(String.join("", lines)).doesNotContain("#").doesNotContain("@");
    }

    @Test
    void nobodyIsARingToo() {
        assertThat(RingDrawing.lines(ring(false), "chord")).anyMatch(line -> line.endsWith("nobody has joined"));
    }

    @Test
    void nodesThatStandCloseTogetherHaveMarksOfTheirOwn() {
        String drawn = String.join("\n", RingDrawing.lines(ring(true, 0.999, 0.9991, 0.9992, 0.9993), "chord"));

        assertThat(drawn.substring(0, drawn.indexOf("node  "))).contains("@abc");
    }

    @Test
    void aRingOfAThousandFitsInEightyColumnsAndCountsThoseThatItDoesNotList() {
        double[] places = new double[1000];
        for (int index = 0; index < places.length; index++) {
            places[index] = index / 1000.0;
        }
        List<String> lines = RingDrawing.lines(ring(true, places), "chord");

        assertThat(lines).allMatch(line -> line.length() <= 80).hasSizeLessThan(60);
        assertThat(lines).anyMatch(line -> line.endsWith("+  and 947 more"));
    }

    /** The first place is that of the node that looks. */
    private static Ring ring(boolean isJoined, double... places) {
        List<Seat> seats = new ArrayList<>();
        for (int index = 0; index < places.length; index++) {
            double next = places[(index + 1) % places.length];
            double arc = next > places[index] ? next - places[index] : 1 + next - places[index];
            Relation relation = isJoined && index == 0 ? Relation.SELF : Relation.NEIGHBOUR;
            seats.add(new Seat(id(index), place(places[index]), relation, arc));
        }
        RingId own = places.length == 0 ? place(0) : place(places[0]);
        return new Ring(id(0), own, isJoined, seats, List.of(), Map.of(Table.SHA1, 3, Table.SHA512, 1), 3);
    }

    private static NodeId id(int number) {
        Bytes text = Bytes.ofUtf8("node" + Base58.write(BigInteger.valueOf(200_000 + number)));
        return NodeId.read(text).value().orElseThrow();
    }

    private static RingId place(double part) {
        return RingId.of(BigInteger.TWO.pow(RingId.BITS - 50).multiply(BigInteger.valueOf((long) (part * (1L << 50)))));
    }
}
