package today.p2p.link;

import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;

/** How many messages a peer may have read: so many a second, so many at once (LNK-24). */
final class MessageRate {
    private final long burst;
    private final long nanosPerMessage;
    // In nanoseconds that a full bucket lacks, so that there is no fraction to lose.
    private long owed;
    private long at;

    MessageRate(NodeLimits limits, Time now) {
        burst = limits.of(Limit.MAX_MESSAGE_BURST);
        nanosPerMessage = Math.max(1, Time.SECOND / limits.of(Limit.MAX_MESSAGE_RATE));
        at = now.nanos();
    }

    /** Whether one message may be read now. */
    boolean allows(Time now) {
        long passed = now.since(at);
        at = now.nanos();
        owed = Math.max(0, owed - passed);
        return owed + nanosPerMessage <= burst * nanosPerMessage;
    }

    /** A message was read. */
    void spend() {
        owed += nanosPerMessage;
    }

    /** When the next message may be read, in nanoseconds of the monotonic clock. */
    long nextAt() {
        return at + Math.max(0, owed + nanosPerMessage - burst * nanosPerMessage);
    }
}
