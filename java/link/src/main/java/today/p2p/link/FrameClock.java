package today.p2p.link;

import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/** Until when a frame that has begun has to be complete (LNK-22); there is one while it comes and the link reads. */
final class FrameClock {
    private final long deadline;
    private final long bytesPerSecond;
    private boolean runs;
    private long begunAt;
    private long bytes;

    FrameClock(NodeLimits limits) {
        deadline = limits.nanos(Timer.FRAME_DEADLINE);
        bytesPerSecond = limits.of(Limit.MIN_FRAME_RATE);
    }

    /**
     * A frame has begun and is not complete.
     *
     * @param isNew whether it is another one than at the last call
     * @param arrived how many bytes have just come
     */
    void run(boolean isNew, long arrived, Time now) {
        if (isNew || !runs) {
            runs = true;
            begunAt = now.nanos();
            bytes = 0;
        } else {
            bytes += arrived;
        }
    }

    /** When the frame is late, as far as its bytes tell by now. */
    long lateAt() {
        // What has come buys time, what a header claims does not: a trickle is cut off whatever it claims.
        return begunAt + deadline + bytes * Time.SECOND / bytesPerSecond;
    }

    boolean isLate(Time now) {
        return now.isAtOrAfter(lateAt());
    }
}
