package today.p2p.chord;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;

/** The keys that peers have announced: hearsay, without values (CRD-12). Read by any thread, written by one. */
final class KeyList {
    private static final int AROUND = 128;

    private final NodeLimits limits;
    private final ConcurrentSkipListSet<Bytes> keys = new ConcurrentSkipListSet<>();
    private final Map<LinkId, Optional<Bytes>> told = new TreeMap<>();
    private volatile int count;

    KeyList(NodeLimits limits) {
        this.limits = limits;
    }

    /** Whether the key is new and within the limits. */
    boolean add(Bytes key) {
        boolean fits = key.length() <= Limit.MAX_KEY.standard() && count < limits.of(Limit.MAX_KEYS);
        if (fits && keys.add(key.compact())) {
            count++;
            return true;
        }
        return false;
    }

    boolean remove(Bytes key) {
        if (keys.remove(key)) {
            count--;
            return true;
        }
        return false;
    }

    boolean holds(Bytes key) {
        return keys.contains(key);
    }

    NavigableSet<Bytes> view() {
        return Collections.unmodifiableNavigableSet(keys);
    }

    int count() {
        return count;
    }

    void begin(LinkId link) {
        told.put(link, Optional.empty());
    }

    void end(LinkId link) {
        told.remove(link);
    }

    void endAll() {
        told.clear();
    }

    boolean isOn(LinkId link) {
        return told.containsKey(link);
    }

    /** The next keys for a link that has room (CRD-12). */
    List<Bytes> next(LinkId link) {
        List<Bytes> portion = new ArrayList<>();
        Optional<Bytes> from = told.get(link);
        if (from == null) {
            return portion;
        }
        long bytes = 0;
        for (Bytes key : from.isPresent() ? keys.tailSet(from.get(), false) : keys) {
            bytes += key.length() + AROUND;
            if (!portion.isEmpty() && bytes > limits.of(Limit.JOIN_CHUNK)) {
                told.put(link, Optional.of(portion.get(portion.size() - 1)));
                return portion;
            }
            portion.add(key);
        }
        end(link);
        return portion;
    }
}
