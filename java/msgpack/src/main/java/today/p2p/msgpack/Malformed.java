package today.p2p.msgpack;

import java.util.Objects;

/**
 * Why bytes were refused: the first check that failed, in the order that FRM-13 fixes.
 *
 * @param code the registry's code
 * @param offset of the byte at which the check failed, from 0: within the frame for errors of the header,
 *     within the bare message for errors of a message, within the plain text otherwise (ERR-2)
 * @param detail one sentence for a person; no program may depend on it
 */
public record Malformed(ErrorCode code, int offset, String detail) {
    public Malformed {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
    }
}
