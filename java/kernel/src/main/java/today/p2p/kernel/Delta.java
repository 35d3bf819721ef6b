package today.p2p.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Merges one map into another, one level deep (SYN-11). */
public final class Delta {
    private Delta() {}

    /** Whether no key of the delta is an array or a map: all others can be ordered. */
    public static boolean isSound(Value.Map delta) {
        return delta.entries().stream()
                .map(Value.Entry::key)
                .noneMatch(key -> key.kind() == Value.Kind.ARRAY || key.kind() == Value.Kind.MAP);
    }

    /** The map with the delta's entries: those that are there in their places, the others behind them. */
    public static Value.Map merge(Value.Map map, Value.Map delta) {
        Map<Key, Value> changes = new LinkedHashMap<>();
        delta.entries().forEach(change -> changes.put(new Key(change.key()), compact(change.value())));
        List<Value.Entry> merged = new ArrayList<>(map.size() + delta.size());
        for (Value.Entry entry : map.entries()) {
            Value change = changes.remove(new Key(entry.key()));
            merged.add(change == null ? entry : new Value.Entry(entry.key(), change));
        }
        for (Value.Entry entry : delta.entries()) {
            Value change = changes.remove(new Key(entry.key()));
            if (change != null) {
                merged.add(new Value.Entry(compact(entry.key()), change));
            }
        }
        return Value.map(merged);
    }

    /**
     * An equal value that does not hold on to the frame in which it came. Without this, one byte that is left
     * of a delta would keep a mebibyte that was replaced since.
     */
    public static Value compact(Value value) {
        return switch (value.kind()) {
            case NIL, BOOL, INT, FLOAT -> value;
            case TEXT -> Value.text(((Value.Text) value).bytes().compact());
            case BINARY -> Value.of(((Value.Binary) value).bytes().compact());
            case EXT ->
                Value.ext(
                        ((Value.Ext) value).type(), ((Value.Ext) value).bytes().compact());
            case ARRAY ->
                Value.of(((Value.Array) value)
                        .items().stream().map(Delta::compact).toList());
            case MAP ->
                Value.map(((Value.Map) value)
                        .entries().stream()
                                .map(entry -> new Value.Entry(compact(entry.key()), compact(entry.value())))
                                .toList());
        };
    }

    /**
     * A key of a map. Comparable, so that keys whose hashes somebody has made equal cost a logarithm and not a
     * line in a hash table.
     */
    private record Key(Value value) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int kinds = value.kind().compareTo(other.value.kind());
            return kinds != 0
                    ? kinds
                    : switch (value.kind()) {
                        case TEXT, BINARY -> bytes(value).compareTo(bytes(other.value));
                        case INT -> Long.compare(((Value.Int) value).bits(), ((Value.Int) other.value).bits());
                        case FLOAT -> Long.compare(bits(value), bits(other.value));
                        case EXT -> ((Value.Ext) value).bytes().compareTo(((Value.Ext) other.value).bytes());
                        case NIL, BOOL, ARRAY, MAP -> 0;
                    };
        }

        private static Bytes bytes(Value value) {
            return ((Value.ByteString) value).bytes();
        }

        private static long bits(Value value) {
            return Double.doubleToRawLongBits(((Value.Float) value).value());
        }
    }
}
