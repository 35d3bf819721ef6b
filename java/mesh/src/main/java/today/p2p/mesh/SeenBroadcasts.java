package today.p2p.mesh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;

/**
 * The broadcasts of the last two minutes, by their ids (MSH-11). The time of a message is part of what its
 * id is the hash of, so the id stands for the pair of both.
 */
final class SeenBroadcasts {
    private final long remember;
    private final long most;
    // Insertion order is the order of arrival, since time does not go backwards: oldest first.
    private final Map<Bytes, Seen> seen = new LinkedHashMap<>();
    private final TreeMap<LinkId, Deque<Bytes>> bySource = new TreeMap<>();

    SeenBroadcasts(NodeLimits limits) {
        remember = limits.nanos(Timer.REMEMBER_BROADCAST);
        most = limits.of(Limit.MAX_SEEN);
    }

    /** Whether the broadcast is remembered. */
    boolean holds(Bytes id, Time now) {
        forget(now);
        return seen.containsKey(id);
    }

    /** Remembers a broadcast that is not remembered yet. */
    void add(Bytes id, LinkId source, Time now) {
        forget(now);
        if (seen.size() >= most) {
            evict();
        }
        // A copy: the id of a received message is a window into the whole of it.
        Bytes key = id.compact();
        seen.put(key, new Seen(now.nanos(), source));
        bySource.computeIfAbsent(source, link -> new ArrayDeque<>()).addLast(key);
    }

    int size() {
        return seen.size();
    }

    /** Whoever fills the set loses from it; what came over other links stays. */
    private void evict() {
        LinkId fullest = Objects.requireNonNull(bySource.firstKey());
        int size = 0;
        for (Map.Entry<LinkId, Deque<Bytes>> source : bySource.entrySet()) {
            if (source.getValue().size() > size) {
                size = source.getValue().size();
                fullest = source.getKey();
            }
        }
        seen.remove(oldestOf(fullest));
    }

    private void forget(Time now) {
        Iterator<Seen> oldest = seen.values().iterator();
        while (oldest.hasNext()) {
            Seen first = oldest.next();
            if (now.since(first.atNanos) < remember) {
                return;
            }
            oldest.remove();
            oldestOf(first.source);
        }
    }

    private Bytes oldestOf(LinkId source) {
        Deque<Bytes> ids = Objects.requireNonNull(bySource.get(source));
        Bytes oldest = ids.removeFirst();
        if (ids.isEmpty()) {
            bySource.remove(source);
        }
        return oldest;
    }

    private record Seen(long atNanos, LinkId source) {}
}
