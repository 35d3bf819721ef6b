package today.p2p.serializer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;

/**
 * One verified frame: its message, and the bytes that a relay passes on unchanged (FRM-10). Immutable; safe
 * for use by several threads.
 */
public final class Frame {
    private final PackedMessage packed;
    private final @Nullable Codec codec;
    private final int items;
    // Written without synchronisation: a record is safe however it is published, and all are equal.
    private @Nullable Message message;

    Frame(PackedMessage packed, @Nullable Codec codec, int items) {
        this.packed = packed;
        this.codec = codec;
        this.items = items;
    }

    /**
     * The message, built when first asked for. Its text and binary values share memory with {@link #bare};
     * the objects of a message made of nothing but tiny items take up to some thirty times its bytes.
     */
    public Message message() {
        Message known = message;
        if (known == null) {
            known = packed.unpack();
            message = known;
        }
        return known;
    }

    /** The message id: the SHA-256 of {@link #bare}, 32 bytes (FRM-4). */
    public Bytes id() {
        return packed.id();
    }

    /** The bare message as it was received. */
    public Bytes bare() {
        return packed.bare();
    }

    /** The codec of the body; empty when it was raw. */
    public Optional<Codec> codec() {
        return Optional.ofNullable(codec);
    }

    /** How many items all arrays and maps of the message have together, as MPK-16 counts. */
    public int items() {
        return items;
    }

    /** The same bytes ready to be sent on (FRM-10): neither encoded nor hashed again. */
    public PackedMessage packed() {
        return packed;
    }
}
