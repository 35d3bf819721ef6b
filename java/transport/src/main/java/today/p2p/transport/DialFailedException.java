package today.p2p.transport;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dial that led to no connection; what the future of {@link Transport#dial} fails with. */
public final class DialFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failure. */
    public enum Kind {
        /** Nobody listens there. */
        REFUSED,
        /** Not connected within the connect deadline, the resolving of the name included. */
        TIMED_OUT,
        /** The name has no address. */
        UNRESOLVED,
        /** No way leads there, or the system refused the attempt. */
        UNREACHABLE,
        /** This transport has as many connections as it may. */
        LIMIT_TOTAL,
        /** This transport has as many outgoing connections to that address as it may. */
        LIMIT_PER_ADDRESS,
        /** This transport has as many outgoing connections in preparation as it may. */
        LIMIT_PENDING,
        /** Connected, and the TLS handshake failed. */
        HANDSHAKE_FAILED,
        /** Connected, and the TLS handshake was not done within the handshake deadline. */
        HANDSHAKE_TIMED_OUT,
        /** The address is one that this transport listens on. */
        SELF,
        /** The connection ended, or its handler threw, before the future was completed. */
        DISCONNECTED,
        /** The transport is closed. */
        CLOSED
    }

    private final Kind kind;
    private final String detail;

    /**
     * A failure.
     *
     * @param detail one sentence for a person
     * @param cause what was thrown, when something was
     */
    public DialFailedException(Kind kind, String detail, @Nullable Throwable cause) {
        super(kind + ": " + detail, cause);
        this.kind = Objects.requireNonNull(kind);
        this.detail = detail;
    }

    /** What a program may act on. */
    public Kind kind() {
        return kind;
    }

    /** The sentence alone. */
    public String detail() {
        return detail;
    }
}
