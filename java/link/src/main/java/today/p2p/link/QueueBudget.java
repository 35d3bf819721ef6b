package today.p2p.link;

import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;

/** The bytes that wait on all links of a node together (LNK-25). Safe for use by several threads. */
public final class QueueBudget {
    private final FairHalf bytes;

    /** For one node, shared by its links. */
    public QueueBudget(NodeLimits limits) {
        bytes = new FairHalf(limits.of(Limit.MAX_QUEUE), limits.of(Limit.MAX_LINKS));
    }

    /** How many bytes wait on all links. */
    public long queued() {
        return bytes.all();
    }

    /** How many bytes may wait at this moment on a link on which so many do; a single frame may have more. */
    public long part(long queued) {
        return bytes.part(queued);
    }

    /** Whether a frame may go to a link on which so much waits; if so, it counts. */
    boolean take(long queued, long frame) {
        if (queued == 0) {
            // One frame of any size can be sent to whoever reads.
            bytes.change(0, frame);
            return true;
        }
        return bytes.take(queued, queued + frame);
    }

    /** Counts out what has left a link on which so much waited. */
    void give(long queued, long left) {
        bytes.change(queued, queued - left);
    }
}
