package today.p2p;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.ChordOutcome;
import today.p2p.chord.ChordOutcome.Refusal;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.ErrorCode;

/** What was asked of a {@link ChordTable} did not come about. */
public final class ChordException extends PeerException {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;

    private final Reason reason;
    private final int answers;

    /** Why. */
    public enum Reason {
        /** Neither this node nor a peer has joined, so there is nobody to ask. It may pass. */
        NOBODY_JOINED(true),
        /** All have answered, and no three of five positions say the same (CRD-23). It may pass. */
        NO_MAJORITY(true),
        /** The time was up; {@link ChordException#answers} says how many of five had answered. It may pass. */
        TIMED_OUT(true),
        /** More calls that read are open than {@code max-reads} (CRD-24). It may pass. */
        TOO_MANY(true),
        /** The key is longer than 4096 bytes, or the value than a mebibyte (CRD-10). */
        TOO_LARGE(false),
        /** A merge into a value that is no map, or of a map that has an array or a map as a key (CRD-9). */
        SHAPE(false),
        /** The table is closed. */
        CLOSED(false);

        private final boolean mayPass;

        Reason(boolean mayPass) {
            this.mayPass = mayPass;
        }

        /** Whether the same call may succeed later; what may not is not tried again by itself. */
        public boolean mayPass() {
            return mayPass;
        }
    }

    ChordException(Reason reason, String detail, @Nullable ErrorCode code, int answers) {
        super(reason + ": " + detail, code);
        this.reason = reason;
        this.answers = answers;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** How many of five positions had answered when the time was up. */
    public OptionalInt answers() {
        return answers == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(answers);
    }

    /** The failure that an outcome stands for. */
    static ChordException of(Outcome outcome) {
        if (outcome instanceof ChordOutcome.TimedOut late) {
            String detail = late.answers() + " of 5 positions have answered";
            return new ChordException(Reason.TIMED_OUT, detail, ErrorCode.TIMEOUT, late.answers());
        } else if (outcome instanceof ChordOutcome.NoMajority) {
            return new ChordException(Reason.NO_MAJORITY, "no three of 5 positions say the same", null, UNKNOWN);
        } else if (outcome instanceof ChordOutcome.Refused refused) {
            return new ChordException(
                    reason(refused.why()), refused.detail(), refused.why().code(), UNKNOWN);
        } else if (outcome instanceof Outcome.Failed failed) {
            // All that a table itself refuses is above: this comes from a node that is no more.
            return new ChordException(Reason.CLOSED, failed.detail(), failed.error(), UNKNOWN);
        }
        throw new AssertionError("an outcome of another call: " + outcome);
    }

    /** A caller that has waited as long as it would. */
    static ChordException late(String detail) {
        return new ChordException(Reason.TIMED_OUT, detail, ErrorCode.TIMEOUT, UNKNOWN);
    }

    private static Reason reason(Refusal why) {
        return switch (why) {
            case NOBODY_JOINED -> Reason.NOBODY_JOINED;
            case TOO_LARGE -> Reason.TOO_LARGE;
            case TOO_MANY -> Reason.TOO_MANY;
            case SHAPE -> Reason.SHAPE;
            case CLOSED -> Reason.CLOSED;
        };
    }
}
