package today.p2p.codecs;

import java.io.IOException;
import today.p2p.msgpack.ErrorCode;

/** Ends the reading of a compressed stream. Never leaves the package: {@link
 * ContainerCodec} turns it into a value. */
@SuppressWarnings("serial")
final class Refusal extends IOException {
    /** The stream is cut off, corrupt, or followed by other bytes. CMP-2. */
    static final Refusal CORRUPT = new Refusal(ErrorCode.CODEC);

    /** The output passed its cap. CMP-3. */
    static final Refusal BOMB = new Refusal(ErrorCode.BOMB);

    final ErrorCode code;

    private Refusal(ErrorCode code) {
        super(code.name(), null);
        this.code = code;
    }

    /** Ends the reading with CODEC unless something holds that a sound stream keeps. */
    static void unless(boolean held) throws Refusal {
        if (!held) {
            throw CORRUPT;
        }
    }

    /** Ends the reading with BOMB unless the output took what it was given. */
    static void bombUnless(boolean written) throws Refusal {
        if (!written) {
            throw BOMB;
        }
    }

    /** No trace: bad bytes are daily business, and a constant has no place of its own. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
