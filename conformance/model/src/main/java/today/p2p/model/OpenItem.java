package today.p2p.model;

import static today.p2p.model.Failure.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An array or map whose items are still being read. */
final class OpenItem {

    private static final List<String> FIELDS = List.of("$.type", "$.sender", "$.time");

    final int start;
    private final long count;
    private final boolean map;
    private final String path;
    private final Defects defects;
    private final List<Value> items = new ArrayList<>();
    private final List<Value.Entry> entries = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private @Nullable Value key;
    private long taken;

    OpenItem(int start, long count, boolean map, String path, Defects defects) {
        this.start = start;
        this.count = count;
        this.map = map;
        this.path = path;
        this.defects = defects;
    }

    /** Takes the next item; returns this container when that was its last one. */
    @Nullable
    Value take(Value item, int itemStart, byte[] bytes, int itemEnd) {
        if (!map) {
            items.add(item);
            taken++;
        } else if (key == null) {
            checkKey(item, itemStart, bytes, itemEnd);
            key = item;
        } else {
            entries.add(new Value.Entry(key, item));
            key = null;
            taken++;
        }
        return taken == count ? whole() : null;
    }

    /** How many items or entries are complete. */
    long taken() {
        return taken;
    }

    Value whole() {
        return map ? new Value.Dictionary(entries) : new Value.Array(items);
    }

    // MPK-9. The form of a key does not matter, its value does.
    private void checkKey(Value item, int itemStart, byte[] bytes, int itemEnd) {
        if (defects.is(Mutant.KEYS_TEXT_ONLY) && !(item instanceof Value.Text)) {
            throw message(ErrorCode.BODY, "MPK-9", itemStart, childPath(), "a key must be text");
        }
        String same = defects.is(Mutant.KEYS_BY_FORM)
                ? new Bytes(Arrays.copyOfRange(bytes, itemStart, itemEnd)).hex()
                : Words.canonical(item);
        if (keys.add(same)) {
            return;
        }
        if (defects.is(Mutant.REPEATED_KEY_LAST_WINS)) {
            entries.removeIf(entry -> entry.key().equals(item));
            return;
        }
        throw message(ErrorCode.BODY, "MPK-9", itemStart, childPath(), "the key " + Words.of(item) + " is repeated");
    }

    /** The path of the item that comes next. */
    String childPath() {
        if (map) {
            return key == null ? path + ".key[" + taken + "]" : path + "[" + Words.of(key) + "]";
        }
        int index = items.size();
        if (!path.equals("$")) {
            return path + "[" + index + "]";
        }
        return index < 3 ? FIELDS.get(index) : "$.payload[" + (index - 3) + "]";
    }
}
