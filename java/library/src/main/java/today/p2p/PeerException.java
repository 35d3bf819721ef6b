package today.p2p;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.ErrorCode;

/** What was asked of a network did not come about. Futures fail with one of these. */
public abstract sealed class PeerException extends RuntimeException
        permits NotConnectedException, NotSentException, KeyHeldException, ChordException {
    private static final long serialVersionUID = 1L;

    private final @Nullable ErrorCode code;

    PeerException(String message, @Nullable ErrorCode code) {
        super(message);
        this.code = code;
    }

    /** The code of the registry of errors, when the protocol has one for it. */
    public Optional<ErrorCode> code() {
        return Optional.ofNullable(code);
    }
}
