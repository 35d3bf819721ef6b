package today.p2p.serializer;

import java.util.Objects;
import today.p2p.msgpack.Malformed;

/** What came out of bytes: a frame, the need for more of them, or the reason why they are refused. */
public sealed interface Decoded permits Decoded.Complete, Decoded.NeedMore, Decoded.Refused {

    /** One whole, verified frame. */
    record Complete(Frame frame) implements Decoded {
        public Complete {
            Objects.requireNonNull(frame);
        }
    }

    /**
     * No whole frame yet (STR-3).
     *
     * @param missing how many bytes the frame that has begun still needs, as far as is known: the rest of
     *     the header while that is incomplete, then the rest of the body; 0 when no frame has begun
     */
    record NeedMore(int missing) implements Decoded {}

    /** Bytes that are no frame, and why: the first check that failed (FRM-13). */
    record Refused(Malformed malformed) implements Decoded {
        public Refused {
            Objects.requireNonNull(malformed);
        }
    }
}
