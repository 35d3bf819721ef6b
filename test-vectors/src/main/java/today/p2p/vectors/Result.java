package today.p2p.vectors;

import java.util.Locale;

/** What an implementation says to the input of a case. */
public enum Result {
    /** The operation succeeds, with the answer that the case names. */
    VALID,
    /** The operation is refused, with the error code that the case names. */
    INVALID,
    /** Both are conformant; a flag of the case says why. */
    ACCEPTABLE;

    static Result of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
