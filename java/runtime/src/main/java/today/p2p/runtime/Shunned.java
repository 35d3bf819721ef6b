package today.p2p.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.mesh.HostGroup;

/**
 * The addresses from which links came that a rule has closed, and whether they have to stay away for it (MSH-26). Safe
 * for use by several threads.
 */
final class Shunned {
    private final long forget;
    private final long full;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    /** When the last fault of each is forgotten; the one whose last fault is the oldest comes first. */
    private final Map<HostGroup, Long> clearAt = new LinkedHashMap<>();

    Shunned(NodeLimits limits) {
        forget = limits.nanos(Timer.FORGET_FAULT);
        full = limits.of(Limit.MAX_FAULTS) * forget;
        most = (int) Math.min(Integer.MAX_VALUE, limits.of(Limit.MAX_SHUNNED));
    }

    /** A rule has closed a link that came from there. */
    void fault(HostGroup host, Time now) {
        lock.lock();
        try {
            Long before = clearAt.remove(host);
            long left = before == null ? 0 : Math.max(0, before - now.nanos());
            clearAt.put(host, now.nanos() + Math.min(full, left + forget));
            if (clearAt.size() > most) {
                clearAt.remove(clearAt.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection from there is refused. */
    boolean holds(HostGroup host, Time now) {
        lock.lock();
        try {
            Long at = clearAt.get(host);
            return at != null && at - now.nanos() > full - forget;
        } finally {
            lock.unlock();
        }
    }
}
