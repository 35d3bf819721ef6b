package today.p2p.link;

import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/** Whether a frame whose turn it is comes fast enough for those that wait for theirs (LNK-32); there is one while it does. */
final class TurnClock {
    private final long span;
    private final long bytesPerSecond;
    private boolean runs;
    private long endsAt;
    private long bytes;

    TurnClock(NodeLimits limits) {
        span = limits.nanos(Timer.FRAME_DEADLINE);
        bytesPerSecond = limits.of(Limit.MIN_TURN_RATE);
    }

    /** It is its turn; so many bytes have just come. */
    void run(long arrived, Time now) {
        if (runs) {
            bytes += arrived;
        } else {
            begin(now);
        }
    }

    private void begin(Time now) {
        runs = true;
        endsAt = now.nanos() + span;
        bytes = 0;
    }

    /** When a span ends. */
    long endsAt() {
        return endsAt;
    }

    /** Whether a span has ended in which too little came; if one has, the next begins. */
    boolean endsSlow(Time now) {
        if (!now.isAtOrAfter(endsAt)) {
            return false;
        }
        // Of long spans and high rates the product is beyond a long.
        boolean isSlow = bytes < (double) bytesPerSecond * span / Time.SECOND;
        begin(now);
        return isSlow;
    }
}
