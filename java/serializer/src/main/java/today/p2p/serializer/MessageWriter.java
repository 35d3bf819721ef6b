package today.p2p.serializer;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    /** From so many bytes on, a copy and the hash of what was copied go side by side. */
    private static final int LARGE = 4096;

    private static final int FIXED_ITEMS = 3;
    private static final int BARE_AT = PackedMessage.HEADER + Sha256.BYTES;

    private final Limits limits;
    private final MessageDigest digest = Sha256.newDigest();
    private final Output out = new Output();
    private final Nesting nesting = new Nesting();
    private @Nullable KeyCheck keyCheck;
    private @Nullable ValueWriter values;
    private int start;
    private int hashedTo;
    private int firstMap;

    /** Refuses frames above these limits (FRM-9). */
    public MessageWriter(Limits limits) {
        this.limits = Objects.requireNonNull(limits);
    }

    /** Begins a message of {@code payloadItems} payload items in a buffer of the writer's own. */
    public void begin(int type, Value.ByteString sender, long time, int payloadItems) {
        out.intoOwn();
        beginMessage(type, sender, time, payloadItems);
    }

    /**
     * Begins a message of {@code payloadItems} payload items whose frame goes into {@code target} from
     * {@code offset} on.
     */
    public void begin(byte[] target, int offset, int type, Value.ByteString sender, long time, int payloadItems) {
        Objects.checkFromToIndex(offset, target.length, target.length);
        out.into(target, offset);
        beginMessage(type, sender, time, payloadItems);
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
        out.release();
        return length;
    }

    /** Ends a message that was begun in the writer's own buffer, as {@link #end}; it may go to many links. */
    public PackedMessage pack() {
        int length = finish();
        byte[] frame = new byte[length];
        Pieces.copy(out.bytes(), start, frame, 0, length);
        out.release();
        return new PackedMessage(frame, 0, length, limits);
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
        nesting.item();
        out.putByte(Format.NIL);
    }

    /** True or false. */
    public void writeBoolean(boolean value) {
        nesting.item();
        out.putByte(value ? Format.TRUE : Format.FALSE);
    }

    /** An integer. */
    public void writeLong(long value) {
        nesting.item();
        out.putLong(value);
    }

    /** The integer 0..2^64-1 whose 64 bits are {@code bits}. */
    public void writeUnsignedLong(long bits) {
        nesting.item();
        out.putUnsigned(bits);
    }

    /** A float. */
    public void writeDouble(double value) {
        nesting.item();
        out.putDouble(value);
    }

    /**
     * Text.
     *
     * @throws NotEncodableException TEXT, if it has a surrogate without its partner
     */
    public void writeText(String text) {
        nesting.item();
        out.putText(text);
    }

    /** Binary. */
    public void writeBinary(Bytes bytes) {
        writeBinary(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Binary: {@code length} bytes at {@code offset}. */
    public void writeBinary(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        nesting.item();
        out.putBinaryHeader(length);
        putContent(bytes, offset, length);
    }

    /** Bytes of the application's own {@code type}, -128..127. */
    public void writeExt(int type, Bytes bytes) {
        if (type != (byte) type) {
            throw new NotEncodableException(ErrorCode.RANGE, "ext type " + type + " is not in -128..127");
        }
        nesting.item();
        out.putExtHeader(type, bytes.length());
        putContent(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Text or binary, as it is. */
    public void writeByteString(Value.ByteString value) {
        Bytes bytes = value.bytes();
        nesting.item();
        if (value.kind() == Value.Kind.TEXT) {
            out.putTextHeader(bytes.length());
        } else {
            out.putBinaryHeader(bytes.length());
        }
        putContent(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Begins an array of {@code items} items, which the next calls write. */
    public void beginArray(int items) {
        checkCount(items, Integer.MAX_VALUE);
        nesting.item();
        nesting.open(items);
        out.putArrayHeader(items);
    }

    /** Begins a map of {@code entries} entries; the next calls write a key and a value for each. */
    public void beginMap(int entries) {
        checkCount(entries, Integer.MAX_VALUE / 2);
        nesting.item();
        nesting.open(2 * entries);
        if (entries > 1 && firstMap < 0) {
            firstMap = out.at();
        }
        out.putMapHeader(entries);
    }

    /** Any value, with all that it holds. */
    public void writeValue(Value value) {
        ValueWriter walk = values;
        if (walk == null) {
            walk = new ValueWriter();
            values = walk;
        }
        walk.write(value, this);
    }

    private void writeAll(List<Value> payload) {
        for (int index = 0; index < payload.size(); index++) {
            writeValue(payload.get(index));
        }
    }

    private void beginMessage(int type, Value.ByteString sender, long time, int payloadItems) {
        nesting.abandon();
        Message.checkType(type);
        Message.checkTime(time);
        checkCount(payloadItems, Integer.MAX_VALUE - FIXED_ITEMS);
        digest.reset();
        start = out.at();
        firstMap = -1;
        out.skip(BARE_AT);
        hashedTo = out.at();
        nesting.begin(FIXED_ITEMS + payloadItems);
        out.putArrayHeader(FIXED_ITEMS + payloadItems);
        writeLong(type);
        writeByteString(sender);
        writeLong(time);
    }

    private void putContent(byte[] source, int from, int length) {
        if (length < LARGE) {
            out.putBytes(source, from, length);
            return;
        }
        digest.update(out.bytes(), hashedTo, out.at() - hashedTo);
        out.reserve(length);
        Pieces.copyAndHash(source, from, out.bytes(), out.at(), length, digest);
        out.skip(length);
        hashedTo = out.at();
    }

    /** The length of the whole frame, which now stands in the buffer. */
    private int finish() {
        nesting.end();
        if (out.isBroken()) {
            throw new IllegalStateException("an item of this message was refused");
        }
        int length = out.at() - start;
        if (length - PackedMessage.HEADER > limits.maxInflated()) {
            throw tooLarge(length, "max-inflated");
        }
        byte[] bytes = out.bytes();
        digest.update(bytes, hashedTo, out.at() - hashedTo);
        try {
            digest.digest(bytes, start + PackedMessage.HEADER, Sha256.BYTES);
        } catch (DigestException impossible) {
            throw new AssertionError("room was left for the checksum", impossible);
        }
        BigEndian.put32(bytes, start, length - PackedMessage.HEADER);
        if (firstMap >= 0) {
            checkKeys(bytes);
        }
        return length;
    }

    private void checkKeys(byte[] bytes) {
        KeyCheck check = keyCheck;
        if (check == null) {
            check = new KeyCheck();
            keyCheck = check;
        }
        check.seed(bytes, start + PackedMessage.HEADER);
        int repeated = check.firstRepeated(bytes, start + BARE_AT, firstMap, out.at(), null);
        if (repeated >= 0) {
            Value key = ValueBuilder.build(Arrays.copyOf(bytes, out.at()), repeated, 1)[0];
            throw new NotEncodableException(ErrorCode.BODY, "a map has the key " + key + " twice");
        }
    }

    private static NotEncodableException tooLarge(int length, String limit) {
        return new NotEncodableException(
                ErrorCode.LIMIT,
                "a frame with a body of " + (length - PackedMessage.HEADER) + " bytes is above " + limit);
    }

    private static void checkCount(int count, int most) {
        if (count < 0 || count > most) {
            throw new IllegalArgumentException("a count of " + count + " is not in 0.." + most);
        }
    }
}
