package today.p2p.sync;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.ErrorCode;

/**
 * Whether a change of a key is allowed: the table of chapter 7.3, one constant for each row in the
 * order of the rows. The constant that comes out is the row that decided, so that a refusal can be
 * explained.
 */
public enum Permission {
    /** The key is absent. */
    ABSENT("LSE-1"),
    /** The owner changes what it owns, whatever the times. */
    SAME_OWNER("LSE-2"),
    /** A delta, and there are no leases. */
    DELTA_WITHOUT_LEASES("LSE-3"),
    /** The lease has lapsed; exactly {@code lease-term} ago it has not. */
    LAPSED("LSE-4"),
    /** Of two changes at one time, that of the smaller owner stands. */
    SMALLER_OWNER("LSE-5"),
    /** Without leases the later change stands. */
    LATER("LSE-6"),
    /** Another owner holds the key: the one row that refuses. */
    HELD("LSE-7");

    /** How long a key stays its owner's after a change: registry, timers, {@code lease-term}. */
    public static final Duration TERM = Duration.ofSeconds(3600);

    /**
     * Under which terms a receiver judges.
     *
     * @param leasing whether the table has leases
     * @param now the receiver's clock, in seconds since 1970, 0..2^63-1
     */
    public record Terms(boolean leasing, long now) {
        public Terms {
            if (now < 0) {
                throw new IllegalArgumentException("now " + now + " is not in 0..2^63-1");
            }
        }
    }

    private final String clause;

    Permission(String clause) {
        this.clause = clause;
    }

    /**
     * The first row that applies.
     *
     * @param current the last change of the key; null when the key is absent
     */
    public static Permission of(@Nullable Revision current, Change change, Terms terms) {
        if (current == null) {
            return ABSENT;
        }
        for (Permission row : values()) {
            if (row.applies(current, change, terms)) {
                return row;
            }
        }
        throw new AssertionError("the last row applies to every change");
    }

    /**
     * Whether this row settles the matter, given that none before it did and that the key is there.
     */
    private boolean applies(Revision current, Change change, Terms terms) {
        return switch (this) {
            case ABSENT -> false;
            case SAME_OWNER -> isSameOwner(current, change);
            case DELTA_WITHOUT_LEASES -> isDeltaWithoutLeases(change, terms);
            case LAPSED -> hasLapsed(current, terms);
            case SMALLER_OWNER -> isOfSmallerOwner(current, change);
            case LATER -> isLaterWithoutLeases(current, change, terms);
            case HELD -> true;
        };
    }

    private static boolean isSameOwner(Revision current, Change change) { // LSE-2
        return change.by().owner().equals(current.owner());
    }

    private static boolean isDeltaWithoutLeases(Change change, Terms terms) { // LSE-3
        return change.delta() && !terms.leasing();
    }

    private static boolean hasLapsed(Revision current, Terms terms) { // LSE-4
        return current.time() < terms.now() - TERM.toSeconds();
    }

    private static boolean isOfSmallerOwner(Revision current, Change change) { // LSE-5
        return current.time() == change.by().time()
                && current.owner().compareTo(change.by().owner()) > 0;
    }

    private static boolean isLaterWithoutLeases(Revision current, Change change, Terms terms) { // LSE-6
        return !terms.leasing() && current.time() < change.by().time();
    }

    /** The clause of the specification that this row is. */
    public String clause() {
        return clause;
    }

    /** Whether the change is made. */
    public boolean allowed() {
        return this != HELD;
    }

    /** LEASE for the row that refuses. */
    public Optional<ErrorCode> error() {
        return allowed() ? Optional.empty() : Optional.of(ErrorCode.LEASE);
    }
}
