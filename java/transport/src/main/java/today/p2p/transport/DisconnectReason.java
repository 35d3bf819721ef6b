package today.p2p.transport;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended.
 *
 * @param kind what a program may act on
 * @param detail one sentence for a person; no program may depend on it
 * @param cause what was thrown, when something was
 */
public record DisconnectReason(
        Kind kind, String detail, @Nullable Throwable cause) {

    /** The kinds of ends. */
    public enum Kind {
        /** This side closed it. */
        LOCAL,
        /** The peer closed it in order. */
        REMOTE,
        /** The socket failed: reset, unreachable, time-out of the system. */
        IO_FAILURE,
        /** TLS, or the user's handshake, came to no good end. */
        HANDSHAKE_FAILED,
        /** The handshake deadline passed. */
        HANDSHAKE_TIMED_OUT,
        /** The peer took nothing of what was queued for the write deadline. */
        WRITE_STALLED,
        /** Nothing came for the idle deadline. */
        IDLE,
        /** A message that had begun did not end within its deadline. */
        FRAME_TIMED_OUT,
        /** The peer broke the rules of the codec. */
        MALFORMED,
        /** A limit of this side was reached. */
        LIMIT,
        /** A callback or task of the user threw. */
        HANDLER_FAILED,
        /** The transport was closed. */
        TRANSPORT_CLOSED
    }

    public DisconnectReason {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(detail);
    }

    /** A reason without a throwable. */
    public static DisconnectReason of(Kind kind, String detail) {
        return new DisconnectReason(kind, detail, null);
    }

    /** What was thrown, when something was. */
    public Optional<Throwable> thrown() {
        return Optional.ofNullable(cause);
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
