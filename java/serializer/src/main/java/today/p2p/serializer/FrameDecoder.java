package today.p2p.serializer;

import java.util.Collection;

/**
 * Reads single frames whose bytes are all there (FRM-8). Keeps a digest and scratch memory between calls;
 * not thread-safe.
 */
public final class FrameDecoder {

    /** Accepts raw bodies and those of the codecs that this side has listed to the peer (CMP-5, CMP-6). */
    public FrameDecoder(Limits limits, Collection<Codec> listed) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Replaces the codecs that this side has listed, after a renegotiation. */
    public void accept(Collection<Codec> listed) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Complete or Malformed: fewer or more bytes than one frame are Malformed with LENGTH. */
    public Decoded decode(Bytes frame) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** As {@link #decode(Bytes)}, for {@code length} bytes at {@code offset}, which are copied. */
    public Decoded decode(byte[] frame, int offset, int length) {
        throw new UnsupportedOperationException("not built yet");
    }
}
