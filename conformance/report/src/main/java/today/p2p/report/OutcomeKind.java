package today.p2p.report;

/** What came back from a testee for one call. Kept apart, because a crash is not a rejection and silence is not a crash. */
public enum OutcomeKind {
    /** A result. */
    OK,
    /** An error code of the registry. */
    ERR,
    /** The testee declined, with a reason; {@code NOOP} counts as this. */
    SKIP,
    /** No line within the deadline. */
    TIMEOUT,
    /** The process ended before it answered. */
    CRASH,
    /** A line that is not a reply to this call. */
    PROTOCOL,
    /** The call was never made. */
    NONE
}
