package today.p2p.sync;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;

/** The entries, in the order of their keys. Written by one thread; safe to be read by others. */
final class Entries {
    private final NodeLimits limits;
    // Sorted: a transfer goes on behind the key that it has reached, whatever was written meanwhile.
    private final ConcurrentSkipListMap<Bytes, TableEntry> byKey = new ConcurrentSkipListMap<>();
    private volatile int count;
    private volatile long cost;

    Entries(NodeLimits limits) {
        this.limits = limits;
    }

    @Nullable
    TableEntry get(Bytes key) {
        return byKey.get(key);
    }

    /** The limit that leaves no room for an entry in the place of the one that its key has, or of none (SYN-10); null for none. */
    @Nullable
    Limit fullFor(TableEntry entry, @Nullable TableEntry before) {
        int less = before == null ? 0 : before.cost();
        int more = entry.cost();
        long after = cost + more - less;
        boolean isLess = before != null && more <= less;
        boolean fits = after <= limits.of(Limit.MAX_TABLE_BYTES) || isLess;
        if (before == null && count >= limits.of(Limit.MAX_ENTRIES)) {
            return Limit.MAX_ENTRIES;
        }
        return fits ? null : Limit.MAX_TABLE_BYTES;
    }

    void put(TableEntry entry) {
        TableEntry before = byKey.put(entry.key(), entry);
        set(count + (before == null ? 1 : 0), cost + entry.cost() - (before == null ? 0 : before.cost()));
    }

    void remove(TableEntry entry) {
        byKey.remove(entry.key());
        set(count - 1, cost - entry.cost());
    }

    /** All entries behind a key, or all. */
    Collection<TableEntry> after(@Nullable Bytes key) {
        return key == null ? byKey.values() : byKey.tailMap(key, false).values();
    }

    NavigableMap<Bytes, TableEntry> view() {
        return Collections.unmodifiableNavigableMap(byKey);
    }

    int count() {
        return count;
    }

    long cost() {
        return cost;
    }

    private void set(int newCount, long newCost) {
        count = newCount;
        cost = newCost;
    }
}
