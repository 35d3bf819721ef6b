package today.p2p.chord;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.Base58;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Where a key stands in one of the five tables (CHO-2). Ordered by table and number. Immutable. */
final class Position implements Comparable<Position> {
    private static final byte ZERO = '1';

    private final Table table;
    /** As it is sent, so that of {@link Table#SHA512} may have 512 bits (CHO-3); the most significant first. */
    private final long[] words;

    private final RingId place;
    private final int hash;
    // Written without synchronisation, and equal whoever writes it.
    private @Nullable Value key;

    private Position(Table table, long[] words, @Nullable Value key) {
        this.table = table;
        this.words = words;
        this.key = key;
        place = RingId.ofWords(words);
        hash = 31 * table.ordinal() + Arrays.hashCode(words);
    }

    /** The five positions of a key, in the order of the tables. */
    static List<Position> of(Bytes key) {
        List<Position> positions = new ArrayList<>(Table.values().length);
        byte[] bytes = key.toArray();
        for (Table table : Table.values()) {
            long[] words = new long[Table.BYTES / Long.BYTES];
            ByteBuffer.wrap(table.bytes(bytes)).asLongBuffer().get(words);
            positions.add(new Position(table, words, null));
        }
        return positions;
    }

    /** What a message names with its second and third item; empty when that is no position (CRD-7). */
    static Optional<Position> read(List<Value> payload) {
        if (!(payload.get(1) instanceof Value.ByteString name) || !(payload.get(2) instanceof Value.ByteString key)) {
            return Optional.empty();
        }
        Optional<Table> table = Table.named(name.bytes());
        Optional<long[]> words = table.isEmpty() ? Optional.empty() : Base58.readWords(key.bytes());
        return words.map(number -> new Position(table.get(), number, text(key.bytes())));
    }

    /** The text of a number is the one that came, unless that has digits too many; it does not hold on to the frame. */
    private static @Nullable Value text(Bytes key) {
        return key.get(0) == ZERO ? null : Value.text(key.compact());
    }

    Table table() {
        return table;
    }

    BigInteger number() {
        ByteBuffer bigEndian = ByteBuffer.allocate(Table.BYTES);
        bigEndian.asLongBuffer().put(words);
        return new BigInteger(1, bigEndian.array());
    }

    RingId place() {
        return place;
    }

    /** As py2p sends it, which both living implementations read (CRD-6). */
    Value hashName() {
        return table.hashValue();
    }

    Value key() {
        Value known = key;
        if (known == null) {
            known = Value.text(Base58.write(words));
            key = known;
        }
        return known;
    }

    @Override
    public int compareTo(Position other) {
        if (table != other.table) {
            return table.compareTo(other.table);
        }
        for (int at = 0; at < words.length; at++) {
            if (words[at] != other.words[at]) {
                return Long.compareUnsigned(words[at], other.words[at]);
            }
        }
        return 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position that && table == that.table && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return table.hashName() + " " + key();
    }
}
