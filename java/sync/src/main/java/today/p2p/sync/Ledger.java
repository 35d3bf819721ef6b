package today.p2p.sync;

import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Delta;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Size;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** The entries and what may be done to them (chapters 7.3, 14.2 and 14.3). Knows no peers. */
final class Ledger {
    private final boolean leasing;
    private final Entries entries;
    private final Deletions deletions;
    private final Owners owners = new Owners();

    Ledger(boolean leasing, NodeLimits limits) {
        this.leasing = leasing;
        entries = new Entries(limits);
        deletions = new Deletions(limits);
    }

    /** Does what is told, if it may be done. */
    Step apply(Told told, Time now) {
        if (!told.hasShortKey()) {
            return Step.above(Limit.MAX_KEY);
        }
        TableEntry current = entries.get(told.key());
        if (told.kind() == Told.Kind.JOIN) {
            return join(told, current, now);
        }
        if (!permission(told, current, now).allowed()) {
            return Step.refused(Refusal.HELD);
        }
        return switch (told.kind()) {
            case SET, JOIN -> set(told, told.value(), current);
            case DELETION -> delete(told, current, now);
            case DELTA -> merge(told, current);
        };
    }

    /** SYN-7. */
    private Step set(Told told, Value value, @Nullable TableEntry current) {
        if (Size.of(value).bytes() > Limit.MAX_VALUE.standard()) {
            return Step.above(Limit.MAX_VALUE);
        }
        Value.ByteString owner = owners.shared(told.owner());
        // What a delta leads to is compact already; other values may be windows into the frame that brought them.
        Value kept = told.kind() == Told.Kind.DELTA ? value : Delta.compact(value);
        TableEntry entry = new TableEntry(told.key(), kept, owner, told.time());
        Limit full = entries.fullFor(entry, current);
        if (full != null) {
            return Step.above(full);
        }
        entries.put(entry);
        deletions.end(told.key());
        return new Step(null, null, current, entry);
    }

    /** SYN-8. */
    private Step delete(Told told, @Nullable TableEntry current, Time now) {
        Value.ByteString owner = owners.shared(told.owner());
        deletions.add(told.key(), new Revision(owner.bytes(), told.time()), current != null, now);
        if (current == null) {
            return Step.refused(Refusal.ABSENT);
        }
        entries.remove(current);
        return new Step(null, null, current, null);
    }

    /** SYN-11. */
    private Step merge(Told told, @Nullable TableEntry current) {
        Value base = current == null ? Value.map() : current.value();
        return base instanceof Value.Map map
                ? set(told, Delta.merge(map, (Value.Map) told.value()), current)
                : Step.refused(Refusal.SHAPE);
    }

    /** SYN-12. */
    private Step join(Told told, @Nullable TableEntry current, Time now) {
        if (current != null) {
            return Step.refused(Refusal.PRESENT);
        }
        if (deletions.undo(told.key(), told.revision(), leasing, now)) {
            return Step.refused(Refusal.DELETED);
        }
        return set(told, told.value(), null);
    }

    private Permission permission(Told told, @Nullable TableEntry current, Time now) {
        Change change = new Change(told.revision(), told.kind() == Told.Kind.DELTA);
        Permission.Terms terms = new Permission.Terms(leasing, now.wallSeconds());
        return Permission.of(current == null ? null : current.revision(), change, terms);
    }

    /** From when on another owner may write, in seconds since 1970 (SYN-22). */
    long freeFrom(TableEntry entry) {
        long term = leasing ? Permission.TERM.toSeconds() : 0;
        return entry.time() > Long.MAX_VALUE - term - 1 ? Long.MAX_VALUE : entry.time() + term + 1;
    }

    boolean isLeasing() {
        return leasing;
    }

    Entries entries() {
        return entries;
    }

    NavigableMap<Bytes, TableEntry> view() {
        return entries.view();
    }

    int deletions() {
        return deletions.size();
    }

    /**
     * What came of it.
     *
     * @param refusal null when it was done
     * @param limit which one it would pass; null when it is not {@link Refusal#LIMIT}
     * @param before the entry that was there
     * @param after the entry that is there now
     */
    record Step(
            @Nullable Refusal refusal,
            @Nullable Limit limit,
            @Nullable TableEntry before,
            @Nullable TableEntry after) {
        static Step refused(Refusal why) {
            return new Step(why, null, null, null);
        }

        static Step above(Limit limit) {
            return new Step(Refusal.LIMIT, limit, null, null);
        }

        /** Tells the application of it (SYN-18). */
        void tell(List<TableEffect> effects) {
            if (after != null) {
                effects.add(news(new SyncNews.Updated(after, before)));
            } else if (before != null) {
                effects.add(news(new SyncNews.Deleted(before)));
            }
        }

        static TableEffect news(SyncNews news) {
            return new TableEffect.Perform(new Effect.TellTable(news));
        }
    }
}
