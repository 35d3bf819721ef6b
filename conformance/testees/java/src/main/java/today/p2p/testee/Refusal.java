package today.p2p.testee;

import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

/** The answer to an operation is an error of the registry. It carries no stack: it is an answer. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For errors without a place. */
    static final int NOWHERE = -1;

    private final ErrorCode code;
    private final int offset;

    Refusal(ErrorCode code, int offset, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.offset = offset;
    }

    static Refusal of(Malformed malformed) {
        return new Refusal(malformed.code(), malformed.offset(), malformed.detail());
    }

    ErrorCode code() {
        return code;
    }

    /** Where the check failed, or {@link #NOWHERE}. */
    int offset() {
        return offset;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
