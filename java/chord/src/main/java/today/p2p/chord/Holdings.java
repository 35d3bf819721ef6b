package today.p2p.chord;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Size;
import today.p2p.msgpack.Value;

/** All that a node holds, within bounds (CRD-10). */
final class Holdings {
    private final NodeLimits limits;
    private final TreeMap<Position, Holding> byPosition = new TreeMap<>();
    /** Positions that were deleted here, oldest first: nobody is asked for them again (CRD-17). */
    private final Set<Position> deleted = new LinkedHashSet<>();

    private final AtomicIntegerArray byTable = new AtomicIntegerArray(Table.values().length);
    private volatile int count;
    private volatile long cost;

    Holdings(NodeLimits limits) {
        this.limits = limits;
    }

    @Nullable
    Holding get(Position position) {
        return byPosition.get(position);
    }

    /** The value at a position; nil when nothing is there. */
    Value value(Position position) {
        Holding holding = byPosition.get(position);
        return holding == null ? Value.nil() : holding.value();
    }

    /** Sets a value that is not nil, if there is room; null when there is none. */
    @Nullable
    Holding put(Position position, Value value) {
        Holding before = byPosition.get(position);
        long freed = before == null ? 0 : before.cost();
        long after = cost - freed + Holding.cost(value);
        if (Size.bytes(value) > Limit.MAX_VALUE.standard()
                || after > limits.of(Limit.MAX_TABLE_BYTES)
                || (before == null && byPosition.size() >= limits.of(Limit.MAX_ENTRIES))) {
            return null;
        }
        if (!deleted.isEmpty()) {
            deleted.remove(position);
        }
        Holding holding = before == null ? new Holding(position) : before;
        holding.set(Delta.compact(value));
        if (before == null) {
            byPosition.put(position, holding);
            byTable.incrementAndGet(position.table().ordinal());
        }
        cost = after;
        count = byPosition.size();
        return holding;
    }

    /** Deletes what its author has deleted, and remembers that. */
    void delete(Position position) {
        Holding holding = byPosition.get(position);
        if (holding != null) {
            forget(holding);
        }
        deleted.remove(position);
        deleted.add(position);
        if (deleted.size() > limits.of(Limit.MAX_DELETIONS)) {
            deleted.remove(deleted.iterator().next());
        }
    }

    /** Gives up what others hold. */
    void forget(Holding holding) {
        if (byPosition.remove(holding.position, holding)) {
            byTable.decrementAndGet(holding.position.table().ordinal());
            cost -= holding.cost();
            count = byPosition.size();
        }
    }

    boolean isDeleted(Position position) {
        return deleted.contains(position);
    }

    boolean holds(Holding holding) {
        return holding.equals(byPosition.get(holding.position));
    }

    /** All behind a position, or all. */
    Collection<Holding> after(@Nullable Position position) {
        return position == null
                ? byPosition.values()
                : byPosition.tailMap(position, false).values();
    }

    void clear() {
        byPosition.clear();
        for (Table table : Table.values()) {
            byTable.set(table.ordinal(), 0);
        }
        cost = 0;
        count = 0;
    }

    /** How many positions of each table are held, for any thread. */
    Map<Table, Integer> counts() {
        Map<Table, Integer> counts = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            counts.put(table, byTable.get(table.ordinal()));
        }
        return counts;
    }

    int count() {
        return count;
    }

    long cost() {
        return cost;
    }
}
