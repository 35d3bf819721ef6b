package today.p2p.serializer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One verified frame: its message, and the bytes that a relay passes on unchanged (FRM-10). */
public final class Frame {
    private final @Nullable Codec codec;

    Frame(@Nullable Codec codec) {
        this.codec = codec;
    }

    /** The message, built when first asked for. */
    public Message message() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The message id: the SHA-256 of {@link #bare}, 32 bytes (FRM-4). */
    public Bytes id() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The bare message as it was received. */
    public Bytes bare() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The codec of the body; empty when it was raw. */
    public Optional<Codec> codec() {
        return Optional.ofNullable(codec);
    }

    /** The same bytes ready to be sent on (FRM-10): not encoded nor hashed again. */
    public PackedMessage packed() {
        throw new UnsupportedOperationException("not built yet");
    }
}
