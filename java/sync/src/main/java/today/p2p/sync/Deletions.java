package today.p2p.sync;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/** Deletions that this node has seen, so that older join stores do not undo them (SYN-14). Never sent. */
final class Deletions {
    private final long most;
    private final long keepFor;
    /** The oldest first. */
    private final Map<Bytes, Deletion> byKey = new LinkedHashMap<>();

    Deletions(NodeLimits limits) {
        most = limits.of(Limit.MAX_DELETIONS);
        keepFor = limits.nanos(Timer.REMEMBER_DELETION);
    }

    /**
     * Remembers a deletion.
     *
     * @param removed whether there was an entry; otherwise its key was absent
     */
    void add(Bytes key, Revision by, boolean removed, Time now) {
        forgetOld(now);
        Deletion before = byKey.get(key);
        if (before != null && before.removed && !removed) {
            // A stranger's deletion of what is gone must not weaken the one that removed it.
            return;
        }
        byKey.remove(key);
        byKey.put(key, new Deletion(by, removed, now.nanos()));
        if (byKey.size() > most) {
            removeFirst();
        }
    }

    /** The key is there again. */
    void end(Bytes key) {
        // With each change, and hashing the key is dearer than looking whether there is any.
        if (!byKey.isEmpty()) {
            byKey.remove(key);
        }
    }

    /** Whether an entry that a peer tells of was deleted since it was written. */
    boolean undo(Bytes key, Revision entry, boolean leasing, Time now) {
        forgetOld(now);
        @Nullable Deletion deletion = byKey.get(key);
        if (deletion == null || entry.time() > deletion.by.time()) {
            return false;
        }
        Permission.Terms terms = new Permission.Terms(leasing, now.wallSeconds());
        return deletion.removed
                || Permission.of(entry, new Change(deletion.by, false), terms).allowed();
    }

    int size() {
        return byKey.size();
    }

    private void forgetOld(Time now) {
        Iterator<Deletion> all = byKey.values().iterator();
        while (all.hasNext() && now.since(all.next().atNanos) >= keepFor) {
            all.remove();
        }
    }

    private void removeFirst() {
        Iterator<Deletion> all = byKey.values().iterator();
        all.next();
        all.remove();
    }

    private record Deletion(Revision by, boolean removed, long atNanos) {}
}
