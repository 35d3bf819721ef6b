package today.p2p.simulator.tables;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.simulator.SimulationFailure;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncNews;
import today.p2p.sync.TableEntry;

/**
 * What the news of one replica tell, and which deletions they told of: whoever follows them has its entries (S-5),
 * and what they say was deleted does not come back by an older join store (S-1).
 */
final class Story {
    private static final int FEW = 16;

    private final String name;
    private final Replica replica;
    private final NodeLimits limits;
    // Only asked, and gone through where the order does not matter.
    private final Map<Bytes, TableEntry> told = new HashMap<>();
    private final Map<Bytes, Gone> gone = new LinkedHashMap<>();
    private long times;

    Story(String name, Replica replica, NodeLimits limits) {
        this.name = name;
        this.replica = replica;
        this.limits = limits;
    }

    /** One news, and what said the change. */
    void follow(SyncNews news, @Nullable Said said, Time now) {
        if (news instanceof SyncNews.Updated updated) {
            TableEntry before = told.put(updated.key(), updated.entry());
            require(isSame(before, updated.before()), "S-5", "tells a wrong entry before " + updated.entry());
            gone.remove(updated.key());
            require(said != null && isOf(updated.entry(), said), "S-4", "makes up " + updated.entry());
        } else if (news instanceof SyncNews.Deleted deleted) {
            TableEntry before = told.remove(deleted.key());
            require(isSame(before, deleted.before()), "S-5", "tells a wrong entry deleted: " + deleted.before());
            boolean isSaid = said != null && said.isDeletion() && said.key().equals(deleted.key());
            require(isSaid, "S-4", "deletes without a word " + deleted.before());
            if (said != null) {
                gone.put(deleted.key(), new Gone(said.time(), now.nanos()));
            }
        }
    }

    /** After each step: once its memory of deletions is full, the replica may have forgotten any of them. */
    void fills() {
        if (replica.stats().deletions() >= limits.of(Limit.MAX_DELETIONS)) {
            gone.clear();
        }
    }

    /** S-1: {@code before} was there when the join store came, or nothing was. */
    void joined(Said said, @Nullable TableEntry before, Time now) {
        TableEntry after = replica.entry(said.key()).orElse(null);
        if (before != null) {
            require(isSame(before, after), "S-1", "lets a join store change " + before);
            return;
        }
        Gone deleted = gone.get(said.key());
        boolean isRemembered = deleted != null && now.since(deleted.atNanos) < limits.nanos(Timer.REMEMBER_DELETION);
        boolean isOlder = deleted != null && said.time() <= deleted.time;
        require(!isRemembered || !isOlder || after == null, "S-1", "lets a join store undo a deletion: " + after);
    }

    /** What was told is what is there (S-5), and within the limits (S-6). */
    void settled(@Nullable Bytes touched) {
        require(told.size() == replica.size(), "S-5", "has another number of keys than it told");
        require(replica.size() <= limits.of(Limit.MAX_ENTRIES), "S-6", "has " + replica.size() + " keys");
        if (touched != null) {
            boolean isTold = isSame(told.get(touched), replica.entry(touched).orElse(null));
            require(isTold, "S-5", "has what it never told at " + touched);
        }
        if (told.size() <= FEW || times++ % told.size() == 0) {
            whole();
        }
    }

    private void whole() {
        long cost = 0;
        for (TableEntry entry : replica.entries().values()) {
            cost += entry.cost();
            require(isSame(entry, told.get(entry.key())), "S-5", "has what it never told: " + entry);
        }
        require(replica.stats().bytes() == cost, "S-6", "counts its bytes wrongly");
        require(cost <= limits.of(Limit.MAX_TABLE_BYTES), "S-6", "has entries of " + cost + " bytes");
        boolean isFew = replica.stats().deletions() <= limits.of(Limit.MAX_DELETIONS);
        require(isFew, "S-6", "remembers more deletions than max-deletions");
    }

    private static boolean isOf(TableEntry entry, Said said) {
        return entry.key().equals(said.key())
                && entry.owner().bytes().equals(said.owner())
                && entry.time() == said.time()
                && said.leadsTo(entry.value());
    }

    // By identity: an entry is made by one write and never comes again.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable TableEntry one, @Nullable TableEntry other) {
        return one == other;
    }

    /** Throws unless an invariant holds. */
    void require(boolean holds, String id, String detail) {
        if (!holds) {
            throw new SimulationFailure.Broken(id, name + " " + detail);
        }
    }

    /** A deletion: its own time, and when it came. */
    private record Gone(long time, long atNanos) {}
}
