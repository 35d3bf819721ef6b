package today.p2p.sync;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** What a js2p cannot have in its table: it closes the link on which that comes (SYN-23). */
final class ScriptNames {
    /** What every object of its language has; each is taken for a key that is there. */
    private static final Set<Bytes> KEYS = names(
            "__proto__",
            "__defineGetter__",
            "__defineSetter__",
            "__lookupGetter__",
            "__lookupSetter__",
            "constructor",
            "hasOwnProperty",
            "isPrototypeOf",
            "propertyIsEnumerable",
            "toLocaleString",
            "toString",
            "valueOf");

    /** With one of these a map of its own has no text. */
    private static final Set<Bytes> ENTRIES = names("__proto__", "toString");

    private ScriptNames() {}

    static boolean isKey(Bytes key) {
        return KEYS.contains(key);
    }

    /** Whether the value is such a map, or an array with one among its items, in arrays of any depth. */
    static boolean isIn(Value value) {
        if (value instanceof Value.Array array) {
            return array.items().stream().anyMatch(ScriptNames::isIn);
        }
        return value instanceof Value.Map map
                && map.entries().stream()
                        .anyMatch(
                                entry -> entry.key() instanceof Value.ByteString key && ENTRIES.contains(key.bytes()));
    }

    private static Set<Bytes> names(String... names) {
        return Stream.of(names).map(Bytes::ofUtf8).collect(Collectors.toUnmodifiableSet());
    }
}
