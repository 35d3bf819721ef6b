package today.p2p.mesh;

import java.time.Duration;

/** Whether a broadcast is delivered and passed on (BRD-1), and if not, why. */
public enum BroadcastRule {
    /** Delivered and passed on. */
    ACCEPT,
    /** Its time is {@code broadcast-window} before now, or earlier. */
    TOO_OLD,
    /** Its time is more than {@code broadcast-window} after now. */
    TOO_NEW,
    /** Its id and time have been seen. */
    SEEN;

    /**
     * How far the time of a broadcast may lie from the receiver's clock: registry, timers, {@code
     * broadcast-window}.
     */
    public static final Duration WINDOW = Duration.ofSeconds(60);

    /**
     * Decides on one broadcast. A time of exactly {@code now - window} is too old, one of exactly
     * {@code now + window} is not too new.
     *
     * @param time of the message, in seconds since 1970, 0..2^63-1
     * @param now the receiver's clock, in seconds since 1970
     * @param seen whether the pair of id and time has been seen
     */
    public static BroadcastRule decide(long time, long now, boolean seen) {
        // Times are a stranger's: compared without sums that could overflow.
        long window = WINDOW.toSeconds();
        if (time < now && notCloserThan(window, time, now)) {
            return TOO_OLD;
        }
        if (time > now && notCloserThan(window + 1, now, time)) {
            return TOO_NEW;
        }
        return seen ? SEEN : ACCEPT;
    }

    /**
     * Whether {@code later} is at least {@code gap} seconds after {@code earlier}, which is not
     * after it.
     */
    private static boolean notCloserThan(long gap, long earlier, long later) {
        // The difference of two longs in order, read as unsigned, is exact.
        return Long.compareUnsigned(later - earlier, gap) >= 0;
    }

    /** Whether the broadcast is delivered and passed on. */
    public boolean accepted() {
        return this == ACCEPT;
    }
}
