package today.p2p.transport.messages;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How messages lie in a stream of bytes: the reading and the writing hook. One codec serves all links of a node,
 * from any thread; each link has a decoder of its own.
 *
 * @param <M> the messages
 */
public interface FrameCodec<M> {

    /** Finds the messages of one link. Called by one thread at a time. */
    interface Decoder<M> {
        /**
         * The next message of the bytes that came.
         *
         * @param bytes all that came and was not consumed yet. What belongs to the returned message is to be
         *     consumed and no more; nothing is, when it is not there whole. Valid during the call
         * @return null when more bytes are needed
         * @throws MalformedFrameException when these bytes can never become a message; the link is closed. A
         *     length is a claim: check it before memory is reserved
         */
        @Nullable
        M next(ByteBuffer bytes) throws MalformedFrameException;
    }

    /** A decoder for one link. */
    Decoder<M> decoder();

    /**
     * The bytes of a message. They must not change afterwards: they are sent without a copy, to many links at
     * once when it is a broadcast.
     *
     * @throws IllegalArgumentException when it cannot be a frame
     */
    List<ByteBuffer> encode(M message);

    /** The bytes of the largest frame, header and all. A link that sends more of one is closed. */
    int maxFrameBytes();
}
