package today.p2p.msgpack;

import java.util.Objects;

/**
 * The caller asked for something that no peer would accept (FRM-9, MPK-15): a mistake on this side of
 * the link, unlike {@link Malformed}, which is one of the peer's.
 */
public final class NotEncodableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** {@code message} says which value was refused and what would be accepted. */
    public NotEncodableException(ErrorCode code, String message) {
        super(code + ": " + message);
        this.code = Objects.requireNonNull(code);
    }

    /** The registry's code for what is wrong. */
    public ErrorCode code() {
        return code;
    }
}
