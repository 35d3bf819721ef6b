package today.p2p.serializer;

import java.util.List;
import today.p2p.msgpack.Bytes;

/**
 * A whole frame whose reading takes long, since it is large or inflates to much: taken out of its {@link
 * FrameReader} unread, so that another thread can read it. Safe to hand from thread to thread.
 */
public final class LargeFrame {
    private final byte[] frame;
    private final Limits limits;
    private final List<Codec> listed;

    LargeFrame(byte[] frame, Limits limits, List<Codec> listed) {
        this.frame = frame;
        this.limits = limits;
        this.listed = listed;
    }

    /** Its bytes, header included. */
    public int length() {
        return frame.length;
    }

    /** Reads it, as its reader would have: {@link Decoded.Complete} or {@link Decoded.Refused}. */
    public Decoded read() {
        return new FrameDecoder(limits, listed).decode(Bytes.Shared.wrap(frame, 0, frame.length));
    }
}
