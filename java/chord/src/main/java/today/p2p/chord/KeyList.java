package today.p2p.chord;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;

/** The keys that peers have announced: hearsay, without values (CRD-12). Read by any thread, written by one. */
final class KeyList {
    private static final int AROUND = 128;
    private static final int PORTIONS = 10;

    private final NodeLimits limits;
    private final ConcurrentSkipListSet<Bytes> keys = new ConcurrentSkipListSet<>();
    private final Map<LinkId, Telling> told = new TreeMap<>();
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

    /**
     * Begins to tell a peer.
     *
     * @param isKit whether it is neither py2p nor js2p (SYN-19)
     */
    void begin(LinkId link, boolean isKit, Time now) {
        told.put(link, new Telling(isKit, Optional.empty(), now.nanos()));
    }

    void end(LinkId link) {
        told.remove(link);
    }

    void endAll() {
        told.clear();
    }

    /** Whether more is to be told as soon as the link has room. */
    boolean isWaitingForRoom(LinkId link) {
        Telling telling = told.get(link);
        return telling != null && telling.isKit;
    }

    /** When some peer may be told more, whose turn does not come by the room on its link (CRD-38). */
    OptionalLong deadline() {
        OptionalLong first = OptionalLong.empty();
        for (Telling telling : told.values()) {
            if (!telling.isKit && (first.isEmpty() || telling.notBefore - first.getAsLong() < 0)) {
                first = OptionalLong.of(telling.notBefore);
            }
        }
        return first;
    }

    /** The links of the peers whose time has come (CRD-38). */
    List<LinkId> due(Time now) {
        List<LinkId> links = new ArrayList<>();
        told.forEach((link, telling) -> {
            if (!telling.isKit && now.isAtOrAfter(telling.notBefore)) {
                links.add(link);
            }
        });
        return links;
    }

    /** The next keys for a peer (CRD-12, CRD-38). */
    List<Bytes> next(LinkId link, Time now) {
        List<Bytes> portion = new ArrayList<>();
        Telling telling = told.get(link);
        if (telling == null || !now.isAtOrAfter(telling.notBefore)) {
            return portion;
        }
        long rate = limits.of(Limit.FOREIGN_KEY_RATE);
        long most = telling.isKit ? limits.portion() : rate / PORTIONS;
        long bytes = 0;
        for (Bytes key : telling.last.isPresent() ? keys.tailSet(telling.last.get(), false) : keys) {
            long more = key.length() + AROUND;
            if (!portion.isEmpty() && bytes + more > most) {
                long pause = telling.isKit ? 0 : bytes * Time.SECOND / rate;
                Bytes last = portion.get(portion.size() - 1);
                told.put(link, new Telling(telling.isKit, Optional.of(last), now.nanos() + pause));
                return portion;
            }
            bytes += more;
            portion.add(key);
        }
        end(link);
        return portion;
    }

    /** How far a peer has been told, and when it may be told more. */
    private record Telling(boolean isKit, Optional<Bytes> last, long notBefore) {}
}
