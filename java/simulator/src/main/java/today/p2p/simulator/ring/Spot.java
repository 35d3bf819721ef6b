package today.p2p.simulator.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import today.p2p.chord.Share;
import today.p2p.chord.Table;
import today.p2p.ids.Base58;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** A position as messages name it, and the arithmetic of the ring in other words than those of the share. */
record Spot(String hashName, BigInteger number) {
    private static final BigInteger RING = BigInteger.TWO.pow(384);

    static Spot of(Share.Held held) {
        return new Spot(held.table().hashName(), held.number());
    }

    /** The five of a key. */
    static List<Spot> all(Bytes key) {
        List<Spot> spots = new ArrayList<>();
        for (Table table : Table.values()) {
            spots.add(new Spot(table.hashName(), table.position(key)));
        }
        return spots;
    }

    /** What the second and third item of a message name; empty when that is no position (CRD-7). */
    static Optional<Spot> of(Value hashName, Value key) {
        if (!(hashName instanceof Value.ByteString name) || !(key instanceof Value.ByteString text)) {
            return Optional.empty();
        }
        return Table.named(name.bytes())
                .flatMap(table -> Base58.read(text.bytes()).value().map(number -> new Spot(table.hashName(), number)));
    }

    /** How far this is ahead of a place on the ring. */
    BigInteger from(BigInteger place) {
        return distance(place, number);
    }

    /** How far it is from one place to another in the direction of growing numbers (CHO-1). */
    static BigInteger distance(BigInteger from, BigInteger to) {
        return to.subtract(from).mod(RING);
    }
}
