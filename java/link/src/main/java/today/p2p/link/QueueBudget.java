package today.p2p.link;

import java.util.concurrent.atomic.AtomicLong;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;

/** The bytes that wait on all links of a node together (LNK-25). Safe for use by several threads. */
public final class QueueBudget {
    private final long most;
    private final AtomicLong queued = new AtomicLong();

    /** For one node, shared by its links. */
    public QueueBudget(NodeLimits limits) {
        most = limits.of(Limit.MAX_QUEUE);
    }

    /** How many bytes wait on all links. */
    public long queued() {
        return queued.get();
    }

    boolean hasRoomFor(long bytes) {
        return queued.get() + bytes <= most;
    }

    void add(long bytes) {
        queued.addAndGet(bytes);
    }
}
