package today.p2p.kernel;

import java.util.Objects;
import today.p2p.serializer.Limits;

/** All limits and timers of one node; those that are not changed have the registry's values. Immutable. */
public final class NodeLimits {
    /** The registry's values. */
    public static final NodeLimits DEFAULT = standard();

    private final Limits frames;
    private final long[] limits;
    private final long[] nanos;

    private NodeLimits(Limits frames, long[] limits, long[] nanos) {
        this.frames = frames;
        this.limits = limits;
        this.nanos = nanos;
    }

    /** The limits of frames, which the serializer holds. */
    public Limits frames() {
        return frames;
    }

    /** The value of a limit. */
    public long of(Limit limit) {
        return limits[limit.ordinal()];
    }

    /**
     * How many bytes of several messages are handed to one link at once, and may wait there before the next: what
     * {@code join-chunk} says, but no more than leaves room in {@code max-link-queue} (12.5, SYN-15, CRD-32).
     */
    public long portion() {
        return Math.max(1, Math.min(of(Limit.JOIN_CHUNK), of(Limit.MAX_LINK_QUEUE) / 4));
    }

    /** The value of a timer in nanoseconds. */
    public long nanos(Timer timer) {
        return nanos[timer.ordinal()];
    }

    /** The same with other limits of frames. */
    public NodeLimits with(Limits otherFrames) {
        return new NodeLimits(Objects.requireNonNull(otherFrames), limits, nanos);
    }

    /**
     * The same with another value of one limit.
     *
     * @param value 1 and above; for {@link Limit#MAX_OUTGOING} and {@link Limit#MAX_TIME_RAISE} also 0
     * @throws IllegalArgumentException when all nodes have to agree on it, or it is too small
     */
    public NodeLimits with(Limit limit, long value) {
        int least = limit == Limit.MAX_OUTGOING || limit == Limit.MAX_TIME_RAISE ? 0 : 1;
        if (!limit.isConfigurable()) {
            throw new IllegalArgumentException(
                    limit.registryName() + " is the same for all nodes: " + limit.standard());
        }
        if (value < least || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    limit.registryName() + " cannot be " + value + "; it is " + least + " to " + Integer.MAX_VALUE);
        }
        long[] changed = limits.clone();
        changed[limit.ordinal()] = value;
        return new NodeLimits(frames, changed, nanos);
    }

    /**
     * The same with another value of one timer.
     *
     * @param valueNanos in nanoseconds, 1 and above, below 100 years
     */
    public NodeLimits with(Timer timer, long valueNanos) {
        if (valueNanos < 1 || valueNanos > Long.MAX_VALUE / 4) {
            throw new IllegalArgumentException(timer.registryName() + " cannot be " + valueNanos + " ns");
        }
        long[] changed = nanos.clone();
        changed[timer.ordinal()] = valueNanos;
        return new NodeLimits(frames, limits, changed);
    }

    private static NodeLimits standard() {
        long[] limits = new long[Limit.values().length];
        for (Limit limit : Limit.values()) {
            limits[limit.ordinal()] = limit.standard();
        }
        long[] nanos = new long[Timer.values().length];
        for (Timer timer : Timer.values()) {
            nanos[timer.ordinal()] = timer.standardSeconds() * Time.SECOND;
        }
        return new NodeLimits(Limits.DEFAULT, limits, nanos);
    }
}
