package today.p2p.mesh;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/**
 * The broadcasts of the last two minutes, by their ids (MSH-11). The time of a message is part of what its
 * id is the hash of, so the id stands for the pair of both.
 *
 * <p>Not thread-safe, but for {@link #hasSeen}.
 */
public final class SeenBroadcasts {
    private static final int NONE = IdTable.NONE;

    private final long remember;
    private final long most;
    private final IdTable ids;
    private final TreeMap<LinkId, Source> sources = new TreeMap<>();
    // For each slot of the table: the neighbours in the order of arrival, which is that of time, and the next of
    // the same source.
    private int[] older = {};
    private int[] newer = {};
    private int[] later = {};
    private Source[] from = {};
    private int oldest = NONE;
    private int newest = NONE;
    private int size;

    SeenBroadcasts(NodeLimits limits, RandomGenerator random) {
        remember = limits.nanos(Timer.REMEMBER_BROADCAST);
        most = Math.min(limits.of(Limit.MAX_SEEN), IdTable.MOST);
        ids = new IdTable(most, random);
    }

    /** Whether the broadcast is remembered. */
    boolean holds(Bytes id, Time now) {
        forget(now);
        return ids.find(Bytes.Shared.array(id), Bytes.Shared.offset(id)) != NONE;
    }

    /**
     * Whether the 32 bytes at {@code at} are the id of one that is remembered (MSH-30): for any thread. A broadcast
     * that is being added or forgotten at this moment may be missed.
     */
    public boolean hasSeen(byte[] bytes, int at, Time now) {
        return ids.holds(bytes, at, now.nanos(), remember);
    }

    /** Remembers a broadcast that is not remembered yet. */
    void add(Bytes id, LinkId source, Time now) {
        forget(now);
        if (size >= most) {
            drop(fullest().first);
        }
        int slot = ids.add(Bytes.Shared.array(id), Bytes.Shared.offset(id), now.nanos());
        if (slot >= from.length) {
            grow(ids.capacity());
        }
        append(slot);
        sources.computeIfAbsent(source, Source::new).append(slot);
        size++;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Whoever fills the set loses from it; what came over other links stays. */
    private Source fullest() {
        Source fullest = sources.firstEntry().getValue();
        for (Map.Entry<LinkId, Source> source : sources.entrySet()) {
            if (source.getValue().count > fullest.count) {
                fullest = source.getValue();
            }
        }
        return fullest;
    }

    private void forget(Time now) {
        while (oldest != NONE && now.since(ids.arrival(oldest)) >= remember) {
            drop(oldest);
        }
    }

    /** Forgets what is the oldest of its source. */
    private void drop(int slot) {
        from[slot].removeFirst();
        int before = older[slot];
        int after = newer[slot];
        if (before == NONE) {
            oldest = after;
        } else {
            newer[before] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            older[after] = before;
        }
        ids.remove(slot);
        size--;
    }

    private void append(int slot) {
        older[slot] = newest;
        newer[slot] = NONE;
        if (newest == NONE) {
            oldest = slot;
        } else {
            newer[newest] = slot;
        }
        newest = slot;
    }

    private void grow(int capacity) {
        older = Arrays.copyOf(older, capacity);
        newer = Arrays.copyOf(newer, capacity);
        later = Arrays.copyOf(later, capacity);
        from = Arrays.copyOf(from, capacity);
    }

    /** What came over one link, the oldest first; there is one as long as something of it is remembered. */
    private final class Source {
        private final LinkId link;
        private int first = NONE;
        private int last = NONE;
        private int count;

        Source(LinkId link) {
            this.link = link;
        }

        void append(int slot) {
            from[slot] = this;
            later[slot] = NONE;
            if (count == 0) {
                first = slot;
            } else {
                later[last] = slot;
            }
            last = slot;
            count++;
        }

        void removeFirst() {
            first = later[first];
            count--;
            if (count == 0) {
                sources.remove(link);
            }
        }
    }
}
