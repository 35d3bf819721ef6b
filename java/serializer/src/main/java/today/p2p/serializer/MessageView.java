package today.p2p.serializer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.MsgpackReader;
import today.p2p.msgpack.Value;

/**
 * A window onto one verified frame, with nothing built from it: for whoever forwards, counts or drops
 * messages, or reads a few fields of them. Made once and filled again and again by {@link FrameDecoder#view}
 * or {@link FrameReader#next(MessageView)}; what it shows is valid until then, and until the bytes that it
 * was made from change. Not thread-safe.
 */
public final class MessageView {
    private final Envelope envelope = new Envelope();
    private final MsgpackReader reader = new MsgpackReader();
    private byte[] bytes = {};
    private int plainAt;
    private int plainEnd;
    private int items;
    private @Nullable Codec codec;
    private boolean isSkipped;
    private Limits limits = Limits.DEFAULT;

    /** A view that shows nothing yet. */
    public MessageView() {}

    Envelope envelope() {
        return envelope;
    }

    /** Shows the plain text at {@code from}, which holds a whole and checked message. */
    void show(byte[] array, int from, int to, @Nullable Codec codedWith, Limits allowed) {
        bytes = array;
        isSkipped = false;
        plainAt = from;
        plainEnd = to;
        codec = codedWith;
        limits = allowed;
    }

    /** Shows a frame that was read before. */
    public void show(Frame frame) {
        frame.packed().show(this, frame.codec().orElse(null));
        items = frame.items();
    }

    void count(int itemsOfAll) {
        items = itemsOfAll;
    }

    int items() {
        return items;
    }

    /** Shows that there was a frame that nobody has looked at. */
    void skip() {
        isSkipped = true;
    }

    /** Whether the frame was not verified, since it claims a known id; then this shows nothing else. */
    public boolean isSkipped() {
        return isSkipped;
    }

    /** The type, 0..255. */
    public int type() {
        return envelope.type;
    }

    /** The time, in seconds since 1970-01-01T00:00:00Z. */
    public long time() {
        return envelope.time;
    }

    /** The sender, copied. */
    public Value.ByteString sender() {
        return (Value.ByteString) envelope.sender(bytes).readValue();
    }

    /** How many items the payload has. */
    public int payloadItems() {
        return envelope.payloadItems;
    }

    /** This view's reader, set to the start of the payload. */
    public MsgpackReader payload() {
        reader.reset(bytes, envelope.payloadAt, plainEnd);
        return reader;
    }

    /** The message id, copied. */
    public Bytes id() {
        return Bytes.copyOf(bytes, plainAt, Sha256.BYTES);
    }

    /** Copies the 32 bytes of the message id to {@code target} from {@code offset} on. */
    public void copyId(byte[] target, int offset) {
        System.arraycopy(bytes, plainAt, target, offset, Sha256.BYTES);
    }

    /** How many bytes the bare message has. */
    public int bareLength() {
        return plainEnd - plainAt - Sha256.BYTES;
    }

    /** The codec of the body; empty when it was raw. */
    public Optional<Codec> codec() {
        return Optional.ofNullable(codec);
    }

    /** A frame of its own, which stays valid: one copy of the message. */
    public Frame toFrame() {
        int length = plainEnd - plainAt;
        byte[] frame = new byte[PackedMessage.HEADER + length];
        Header.put(frame, 0, length);
        Pieces.copy(bytes, plainAt, frame, PackedMessage.HEADER, length);
        return new Frame(new PackedMessage(frame, 0, frame.length, limits), codec, items);
    }
}
