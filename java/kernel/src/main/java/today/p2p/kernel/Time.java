package today.p2p.kernel;

/**
 * The time of one input, as the caller's clocks have it.
 *
 * @param nanos of a monotonic clock with any origin, never less than at the input before; all ages and
 *     deadlines are measured with it
 * @param wallSeconds whole seconds since 1970-01-01T00:00:00Z; may step; stands only in the time field of
 *     messages and in the broadcast rule (BRD-1)
 */
public record Time(long nanos, long wallSeconds) {
    /** Nanoseconds in a second. */
    public static final long SECOND = 1_000_000_000L;

    public Time {
        if (wallSeconds < 0) {
            throw new IllegalArgumentException(wallSeconds + " seconds are before 1970");
        }
    }

    /** Whether the moment {@code atNanos} of the monotonic clock has come. */
    public boolean isAtOrAfter(long atNanos) {
        // By the difference: a monotonic clock may have any origin, and wrap.
        return nanos - atNanos >= 0;
    }

    /** How many nanoseconds ago the moment {@code atNanos} was. */
    public long since(long atNanos) {
        return nanos - atNanos;
    }
}
