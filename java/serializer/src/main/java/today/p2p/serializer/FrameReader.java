package today.p2p.serializer;

import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * The receiving side of a link: chunks of bytes, cut anywhere, in; frames out (STR-1 to STR-4).
 *
 * <p>Feed a chunk, then call {@link #next} until it is not {@link Decoded.Complete}. After a {@link
 * Malformed} the reader is dead and answers the same for ever (FRM-14). Not thread-safe: one link, one
 * thread at a time.
 */
public final class FrameReader {

    /** Accepts raw bodies and those of the codecs that this side has listed to the peer (CMP-5, CMP-6). */
    public FrameReader(Limits limits, Collection<Codec> listed) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Replaces the codecs that this side has listed; for all frames not yet taken with {@link #next}. */
    public void accept(Collection<Codec> listed) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Takes all remaining bytes of {@code chunk}; they are copied. */
    public void feed(ByteBuffer chunk) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Takes {@code length} bytes at {@code offset}; they are copied. */
    public void feed(byte[] chunk, int offset, int length) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The next frame of the bytes so far, or how many bytes it still needs, or why it is refused. */
    public Decoded next() {
        throw new UnsupportedOperationException("not built yet");
    }
}
