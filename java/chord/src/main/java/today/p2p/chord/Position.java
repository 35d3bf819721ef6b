package today.p2p.chord;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import today.p2p.ids.Base58;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/**
 * Where a key stands in one of the five tables (CHO-2). Ordered by table and number.
 *
 * @param number as it is sent, so that of {@link Table#SHA512} may have 512 bits (CHO-3)
 */
record Position(Table table, BigInteger number) implements Comparable<Position> {

    /** The five positions of a key, in the order of the tables. */
    static List<Position> of(Bytes key) {
        List<Position> positions = new ArrayList<>();
        for (Table table : Table.values()) {
            positions.add(new Position(table, table.position(key)));
        }
        return positions;
    }

    /** What a message names with its second and third item; empty when that is no position (CRD-7). */
    static Optional<Position> read(List<Value> payload) {
        if (!(payload.get(1) instanceof Value.ByteString name) || !(payload.get(2) instanceof Value.ByteString key)) {
            return Optional.empty();
        }
        return Table.named(name.bytes())
                .flatMap(table -> Base58.read(key.bytes()).value().map(number -> new Position(table, number)));
    }

    RingId place() {
        return RingId.of(number);
    }

    /** As py2p sends it, which both living implementations read (CRD-6). */
    Value hashName() {
        return Value.of(Bytes.ofUtf8(table.hashName()));
    }

    Value key() {
        return Value.of(Base58.write(number));
    }

    @Override
    public int compareTo(Position other) {
        int tables = table.compareTo(other.table);
        return tables != 0 ? tables : number.compareTo(other.number);
    }
}
