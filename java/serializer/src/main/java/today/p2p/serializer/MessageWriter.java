package today.p2p.serializer;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.MsgpackWriter;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;

/**
 * Writes messages field by field as raw frames, into a buffer of the caller or into one of its own, without
 * allocating: {@link #begin}, one call for each payload item, {@link #end}. The items of an array and the
 * keys and values of a map follow behind the call that says how many there are. Everything is written in its
 * shortest form (MPK-12), floats as float 64 (MPK-13).
 *
 * <p>What no decoder would accept is refused with {@link NotEncodableException} (MPK-15), a repeated key at
 * the end; an item too many or too few is an {@link IllegalStateException}, a caller's buffer that is too
 * small a {@link java.nio.BufferOverflowException}. After each of them, start again with {@link #begin}.
 * Keeps a digest and scratch memory between messages; not thread-safe.
 */
public final class MessageWriter {
    private static final int FIXED_ITEMS = 3;
    private static final int BARE_AT = PackedMessage.HEADER + Sha256.BYTES;

    private final Limits limits;
    private final MessageDigest digest = Sha256.newDigest();
    private final MsgpackWriter content = new MsgpackWriter(digest);
    private int start;

    /** Refuses frames above these limits (FRM-9). */
    public MessageWriter(Limits limits) {
        this.limits = Objects.requireNonNull(limits);
    }

    /** Begins a message of {@code payloadItems} payload items in a buffer of the writer's own. */
    public void begin(int type, Value.ByteString sender, long time, int payloadItems) {
        content.abandon();
        checkFields(type, time, payloadItems);
        start = 0;
        content.begin(BARE_AT, FIXED_ITEMS + payloadItems);
        writeFields(type, sender, time);
    }

    /**
     * Begins a message of {@code payloadItems} payload items whose frame goes into {@code target} from
     * {@code offset} on.
     */
    public void begin(byte[] target, int offset, int type, Value.ByteString sender, long time, int payloadItems) {
        content.abandon();
        checkFields(type, time, payloadItems);
        start = offset;
        content.begin(target, offset, BARE_AT, FIXED_ITEMS + payloadItems);
        writeFields(type, sender, time);
    }

    /**
     * Ends the message: counts, keys and limits are checked, header and checksum filled in.
     *
     * @return the length of the raw frame, header included
     * @throws NotEncodableException BODY, if a map has one key twice; LIMIT, if the frame is too large
     */
    public int end() {
        int length = finish();
        if (length - PackedMessage.HEADER > limits.maxFrame()) {
            throw tooLarge(length, "max-frame");
        }
        content.release();
        return length;
    }

    /** Ends a message that was begun in the writer's own buffer, as {@link #end}; it may go to many links. */
    public PackedMessage pack() {
        int length = finish();
        return new PackedMessage(content.take(length), 0, length, limits);
    }

    /** Writes a whole message; it may go to many links. */
    public PackedMessage pack(Message message) {
        begin(
                message.type(),
                message.sender(),
                message.time(),
                message.payload().size());
        writeAll(message.payload());
        return pack();
    }

    /**
     * Writes a whole message as a raw frame into {@code target} from {@code offset} on.
     *
     * @return the length of the frame, header included
     */
    public int write(Message message, byte[] target, int offset) {
        List<Value> payload = message.payload();
        begin(target, offset, message.type(), message.sender(), message.time(), payload.size());
        writeAll(payload);
        return end();
    }

    /** Nil. */
    public void writeNil() {
        content.writeNil();
    }

    /** True or false. */
    public void writeBoolean(boolean value) {
        content.writeBoolean(value);
    }

    /** An integer. */
    public void writeLong(long value) {
        content.writeLong(value);
    }

    /** The integer 0..2^64-1 whose 64 bits are {@code bits}. */
    public void writeUnsignedLong(long bits) {
        content.writeUnsignedLong(bits);
    }

    /** A float. */
    public void writeDouble(double value) {
        content.writeDouble(value);
    }

    /**
     * Text.
     *
     * @throws NotEncodableException TEXT, if it has a surrogate without its partner
     */
    public void writeText(String text) {
        content.writeText(text);
    }

    /** Binary. */
    public void writeBinary(Bytes bytes) {
        content.writeBinary(bytes);
    }

    /** Binary: {@code length} bytes at {@code offset}. */
    public void writeBinary(byte[] bytes, int offset, int length) {
        content.writeBinary(bytes, offset, length);
    }

    /** Bytes of the application's own {@code type}, -128..127. */
    public void writeExt(int type, Bytes bytes) {
        content.writeExt(type, bytes);
    }

    /** Text or binary, as it is. */
    public void writeByteString(Value.ByteString value) {
        content.writeByteString(value);
    }

    /** Begins an array of {@code items} items, which the next calls write. */
    public void beginArray(int items) {
        content.beginArray(items);
    }

    /** Begins a map of {@code entries} entries; the next calls write a key and a value for each. */
    public void beginMap(int entries) {
        content.beginMap(entries);
    }

    /** Any value, with all that it holds. */
    public void writeValue(Value value) {
        content.writeValue(value);
    }

    private void writeAll(List<Value> payload) {
        for (int index = 0; index < payload.size(); index++) {
            writeValue(payload.get(index));
        }
    }

    private static void checkFields(int type, long time, int payloadItems) {
        Message.checkType(type);
        Message.checkTime(time);
        if (payloadItems < 0 || payloadItems > Integer.MAX_VALUE - FIXED_ITEMS) {
            throw new IllegalArgumentException("a count of " + payloadItems + " is not in 0..2^31-4");
        }
    }

    private void writeFields(int type, Value.ByteString sender, long time) {
        content.writeLong(type);
        content.writeByteString(sender);
        content.writeLong(time);
    }

    /** The length of the whole frame, which now stands in the buffer. */
    private int finish() {
        int length = content.end() - start;
        byte[] bytes = content.array();
        try {
            digest.digest(bytes, start + PackedMessage.HEADER, Sha256.BYTES);
        } catch (DigestException impossible) {
            throw new AssertionError("room was left for the checksum", impossible);
        }
        Header.put(bytes, start, length - PackedMessage.HEADER);
        content.checkKeys(start + PackedMessage.HEADER);
        // After the faults of the items (MPK-19).
        if (length - PackedMessage.HEADER > limits.maxInflated()) {
            throw tooLarge(length, "max-inflated");
        }
        return length;
    }

    private static NotEncodableException tooLarge(int length, String limit) {
        return new NotEncodableException(
                ErrorCode.LIMIT,
                "a frame with a body of " + (length - PackedMessage.HEADER) + " bytes is above " + limit);
    }
}
