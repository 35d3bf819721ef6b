package today.p2p.model;

/** Why an input is refused. Thrown inside the model only; {@link Model} turns it into an {@link Answer.Err}. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Where an offset counts from (ERR-2). */
    enum Space {
        NONE(""),
        FRAME("frame"),
        PLAIN("plain"),
        MESSAGE("message");

        final String label;

        Space(String label) {
            this.label = label;
        }
    }

    final ErrorCode code;
    final String clause;
    final Space space;
    final long offset;
    final String path;

    private Failure(ErrorCode code, String clause, Space space, long offset, String path, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.clause = clause;
        this.space = space;
        this.offset = offset;
        this.path = path;
    }

    /** An error without a byte to point at. */
    static Failure of(ErrorCode code, String clause, String detail) {
        return new Failure(code, clause, Space.NONE, -1, "", detail);
    }

    static Failure frame(ErrorCode code, String clause, long offset, String detail) {
        return new Failure(code, clause, Space.FRAME, offset, "", detail);
    }

    static Failure plain(ErrorCode code, String clause, long offset, String detail) {
        return new Failure(code, clause, Space.PLAIN, offset, "", detail);
    }

    static Failure message(ErrorCode code, String clause, long offset, String path, String detail) {
        return new Failure(code, clause, Space.MESSAGE, offset, path, detail);
    }

    /** A text or list argument: the offset counts from its own start. */
    static Failure argument(ErrorCode code, String clause, long offset, String detail) {
        return new Failure(code, clause, Space.NONE, offset, "", detail);
    }

    /** The request itself is not what the testee protocol says. */
    static Failure request(String detail) {
        return of(ErrorCode.INTERNAL, "ERR-1", "bad request: " + detail);
    }

    Answer.Err answer() {
        return new Answer.Err(code.name(), offset, space.label, path, clause, String.valueOf(getMessage()));
    }

    /** The codes of registry/errors.csv (ERR-1). */
    enum ErrorCode {
        LENGTH,
        SHORT,
        LIMIT,
        CODEC,
        BOMB,
        CHECKSUM,
        BODY,
        TEXT,
        TRAILING,
        SHAPE,
        OPCODE,
        RANGE,
        BASE58,
        SUBNET,
        ORDER,
        SLOW,
        LEASE,
        ABSENT,
        TIMEOUT,
        INTERNAL,
        NOOP
    }
}
