package today.p2p.msgpack;

/**
 * What went wrong, in one word of the registry ({@code protocol-spec/registry/errors.csv}, ERR-1). The
 * registry is the truth; a test holds this copy to it both ways.
 */
public enum ErrorCode {
    /** The header and the number of bytes at hand disagree (FRM-8). */
    LENGTH(Kind.FRAME, true),
    /** A body or plain text has no room for a checksum (FRM-6, CMP-8). */
    SHORT(Kind.FRAME, true),
    /** A length, count or depth is above its limit (FRM-5, FRM-9, MPK-7). */
    LIMIT(Kind.FRAME, true),
    /** A compressed stream is corrupt, or its codec is not there (CMP-2, CMP-4). */
    CODEC(Kind.FRAME, true),
    /** A compressed stream inflates past its limit (CMP-3). */
    BOMB(Kind.FRAME, true),
    /** The checksum is not the SHA-256 of the bare message (FRM-7). */
    CHECKSUM(Kind.FRAME, true),
    /** The bare message is not well-formed msgpack or repeats a map key (MPK-5, MPK-6, MPK-9). */
    BODY(Kind.MESSAGE, true),
    /** Text is not well-formed UTF-8 (MPK-8). */
    TEXT(Kind.MESSAGE, true),
    /** Bytes follow the msgpack item of a bare message (MPK-10). */
    TRAILING(Kind.MESSAGE, true),
    /** The bare message is well-formed but is not a message (MSG-1 to MSG-6). */
    SHAPE(Kind.MESSAGE, true),
    /** A type is outside 0..255, or an opcode is not the caller's to use (MSG-4). */
    OPCODE(Kind.MESSAGE, true),
    /** A number is outside the range of its field (MSG-6, B58-6). */
    RANGE(Kind.MESSAGE, true),
    /** Text is not a base58 number (B58-5). */
    BASE58(Kind.ID, true),
    /** The peer's protocol id is not ours (SUB-1). */
    SUBNET(Kind.LINK, true),
    /** A frame came in a state of the link that does not allow it. */
    ORDER(Kind.LINK, true),
    /** The peer did not do in time what keeps a link alive. */
    SLOW(Kind.LINK, true),
    /** Another owner holds the key (LSE-7). */
    LEASE(Kind.TABLE, false),
    /** The key or node that was asked for is not there. */
    ABSENT(Kind.TABLE, false),
    /** No answer within the time set. */
    TIMEOUT(Kind.CALL, false),
    /** A defect of the implementation itself (ERR-3). */
    INTERNAL(Kind.CALL, true),
    /** The operation is not known to this implementation. */
    NOOP(Kind.CALL, false);

    /** Which part of the protocol reports the error; the registry's column {@code kind}. */
    public enum Kind {
        FRAME,
        MESSAGE,
        ID,
        LINK,
        TABLE,
        CALL
    }

    private final Kind kind;
    private final boolean closesLink;

    ErrorCode(Kind kind, boolean closesLink) {
        this.kind = kind;
        this.closesLink = closesLink;
    }

    /** Which part of the protocol reports this error. */
    public Kind kind() {
        return kind;
    }

    /** Whether the link on which the error came up is closed (the registry's column {@code link}). */
    public boolean closesLink() {
        return closesLink;
    }
}
