package today.p2p.kernel;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

/**
 * Why a link was closed, or a dial led to none. Nothing of it is told to the peer.
 *
 * @param cause who or what closed it
 * @param error the rule that was broken; null unless the cause is {@link Cause#RULE}
 * @param detail one sentence for a person; no program may depend on it
 */
public record CloseReason(Cause cause, @Nullable ErrorCode error, String detail) {
    /** Who or what closes links. */
    public enum Cause {
        /** A rule of the protocol or a limit: the error code says which. */
        RULE,
        /** Another link to the same peer stays (DUP-1, MSH-2). */
        DUPLICATE,
        /** This side, on purpose. */
        LOCAL,
        /** The other side, or what lies between. */
        REMOTE,
        /** No connection came about. */
        UNREACHABLE
    }

    public CloseReason {
        Objects.requireNonNull(cause);
        Objects.requireNonNull(detail);
        if ((cause == Cause.RULE) != (error != null)) {
            throw new IllegalArgumentException("a rule has an error code, and nothing else has");
        }
    }

    /** A rule or limit was broken. */
    public static CloseReason rule(ErrorCode error, String detail) {
        return new CloseReason(Cause.RULE, error, detail);
    }

    /** A frame was malformed. */
    public static CloseReason of(Malformed malformed) {
        return rule(malformed.code(), malformed.detail());
    }

    /** Any other cause. */
    public static CloseReason because(Cause cause, String detail) {
        return new CloseReason(cause, null, detail);
    }

    /** The error code, when a rule was broken. */
    public Optional<ErrorCode> errorCode() {
        return Optional.ofNullable(error);
    }

    @Override
    public String toString() {
        return (error == null ? cause.name() : error.name()) + ": " + detail;
    }
}
