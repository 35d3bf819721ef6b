package today.p2p.serializer;

import org.jspecify.annotations.Nullable;

/**
 * A message that is encoded and hashed once and goes to many links, compressed at most once for each codec.
 * Safe for use by several threads.
 */
public final class PackedMessage {
    private PackedMessage() {}

    /**
     * Encodes and hashes.
     *
     * @throws NotEncodableException with the code of MPK-15 or FRM-9
     */
    public static PackedMessage of(Message message, Limits limits) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The message id, 32 bytes. */
    public Bytes id() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The bare message. */
    public Bytes bare() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The whole frame, header included, for a link whose codec is {@code codec} (null: raw). It is raw all
     * the same when the message is a handshake (CMP-12) or when coding does not pay (CMP-13, CMP-14). The
     * same bytes each time.
     *
     * @throws NotEncodableException LIMIT, when the body is above {@code max-frame} (FRM-9)
     */
    public Bytes frameFor(@Nullable Codec codec) {
        throw new UnsupportedOperationException("not built yet");
    }
}
