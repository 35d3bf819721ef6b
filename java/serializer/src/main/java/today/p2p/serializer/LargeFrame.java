package today.p2p.serializer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

/**
 * A whole frame whose reading takes long, since it is large or inflates to much: taken out of its {@link
 * FrameReader} unread, so that another thread can read it. Safe to hand from thread to thread.
 */
public final class LargeFrame {
    private static final Malformed DISCARDED = new Malformed(ErrorCode.LIMIT, 0, "the frame was discarded");

    private final int length;
    private volatile byte @Nullable [] frame;
    private final Limits limits;
    private final List<Codec> listed;

    LargeFrame(byte[] frame, Limits limits, List<Codec> listed) {
        this.frame = frame;
        length = frame.length;
        this.limits = limits;
        this.listed = listed;
    }

    /** Its bytes, header included. */
    public int length() {
        return length;
    }

    /** Reads it, as its reader would have: {@link Decoded.Complete} or {@link Decoded.Refused}. */
    public Decoded read() {
        byte[] bytes = frame;
        if (bytes == null) {
            return new Decoded.Refused(DISCARDED);
        }
        return new FrameDecoder(limits, listed).decode(Bytes.Shared.wrap(bytes, 0, length));
    }

    /** Lets go of its bytes: nobody wants to know any more. */
    public void discard() {
        frame = null;
    }
}
