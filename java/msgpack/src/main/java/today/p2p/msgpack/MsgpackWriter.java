package today.p2p.msgpack;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one array of the msgpack profile item by item, into a buffer of the caller or into one of its own,
 * without allocating: {@link #begin}, one call for each item, {@link #end}. The items of an array and the
 * keys and values of a map follow behind the call that says how many there are. Everything is written in its
 * shortest form (MPK-12), floats as float 64 (MPK-13).
 *
 * <p>What no reader would accept is refused with {@link NotEncodableException} (MPK-15), repeated keys by
 * {@link #checkKeys}; an item too many or too few is an {@link IllegalStateException}, a caller's buffer that
 * is too small a {@link java.nio.BufferOverflowException}. After each of them, start again with {@link
 * #begin}. Not thread-safe.
 */
public final class MsgpackWriter extends Output {
    /** From so many bytes on, a copy and the hash of what was copied go side by side. */
    private static final int LARGE = 4096;

    private final MessageDigest digest;
    private final Nesting nesting = new Nesting();
    private @Nullable KeyCheck keyCheck;
    private @Nullable Walk walk;
    private int start;
    private int hashedTo;
    private int firstMap;

    /** Adds all that it writes to {@code digest}, which it resets at each {@link #begin}. */
    public MsgpackWriter(MessageDigest digest) {
        this.digest = Objects.requireNonNull(digest);
    }

    /** Begins an array of {@code items} items in a buffer of the writer's own, behind {@code gap} free bytes. */
    public void begin(int gap, int items) {
        intoOwn();
        beginAt(gap, items);
    }

    /** Begins an array of {@code items} items in {@code target}, behind {@code gap} bytes from {@code offset}. */
    public void begin(byte[] target, int offset, int gap, int items) {
        Objects.checkFromToIndex(offset, target.length, target.length);
        into(target, offset);
        beginAt(gap, items);
    }

    /** Forgets what was begun: nothing may be written until the next {@link #begin}. */
    public void abandon() {
        nesting.abandon();
    }

    /**
     * Ends the array: counts are checked, and the digest has seen all of it.
     *
     * @return the index after its last byte in {@link #array}
     */
    public int end() {
        nesting.end();
        if (isBroken()) {
            throw new IllegalStateException("an item of this message was refused");
        }
        digest.update(bytes(), hashedTo, at() - hashedTo);
        return at();
    }

    /** The buffer, until {@link #release}. */
    public byte[] array() {
        return bytes();
    }

    /**
     * Checks the keys of what was ended.
     *
     * @param seedAt where in {@link #array} the 32 bytes stand that {@link MsgpackCheck#check} will be given
     * @throws NotEncodableException BODY, if a map has one key twice
     */
    public void checkKeys(int seedAt) {
        if (firstMap < 0) {
            return;
        }
        KeyCheck check = keyCheck;
        if (check == null) {
            check = new KeyCheck();
            keyCheck = check;
        }
        byte[] bytes = bytes();
        check.seed(bytes, seedAt);
        int repeated = check.firstRepeated(bytes, start, firstMap, at(), null);
        if (repeated >= 0) {
            Value key = ValueBuilder.build(Arrays.copyOf(bytes, at()), repeated, 1)[0];
            throw new NotEncodableException(ErrorCode.BODY, "a map has the key " + key + " twice");
        }
    }

    /** Lets go of the caller's buffer, and of the memory that a large message took. */
    public void release() {
        releaseArray();
    }

    /**
     * The first {@code length} bytes of the buffer of the writer's own, which is released: in an array that nobody changes any
     * more, and that may be a little longer.
     */
    public byte[] take(int length) {
        return takeArray(length);
    }

    /** Nil. */
    public void writeNil() {
        nesting.item();
        putByte(Format.NIL);
    }

    /** True or false. */
    public void writeBoolean(boolean value) {
        nesting.item();
        putByte(value ? Format.TRUE : Format.FALSE);
    }

    /** An integer. */
    public void writeLong(long value) {
        nesting.item();
        putLong(value);
    }

    /** The integer 0..2^64-1 whose 64 bits are {@code bits}. */
    public void writeUnsignedLong(long bits) {
        nesting.item();
        putUnsigned(bits);
    }

    /** A float. */
    public void writeDouble(double value) {
        nesting.item();
        putDouble(value);
    }

    /**
     * Text.
     *
     * @throws NotEncodableException TEXT, if it has a surrogate without its partner
     */
    public void writeText(String text) {
        nesting.item();
        putText(text);
    }

    /** Binary. */
    public void writeBinary(Bytes bytes) {
        writeBinary(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Binary: {@code length} bytes at {@code offset}. */
    public void writeBinary(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        nesting.item();
        putBinaryHeader(length);
        putContent(bytes, offset, length);
    }

    /** Bytes of the application's own {@code type}, -128..127. */
    public void writeExt(int type, Bytes bytes) {
        if (type != (byte) type) {
            throw new NotEncodableException(ErrorCode.RANGE, "ext type " + type + " is not in -128..127");
        }
        nesting.item();
        putExtHeader(type, bytes.length());
        putContent(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Text or binary, as it is. */
    public void writeByteString(Value.ByteString value) {
        Bytes bytes = value.bytes();
        nesting.item();
        if (value.kind() == Value.Kind.TEXT) {
            putTextHeader(bytes.length());
        } else {
            putBinaryHeader(bytes.length());
        }
        putContent(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Begins an array of {@code items} items, which the next calls write. */
    public void beginArray(int items) {
        checkCount(items, Integer.MAX_VALUE);
        nesting.item();
        nesting.open(items);
        putArrayHeader(items);
    }

    /** Begins a map of {@code entries} entries; the next calls write a key and a value for each. */
    public void beginMap(int entries) {
        checkCount(entries, Integer.MAX_VALUE / 2);
        nesting.item();
        nesting.open(2 * entries);
        if (entries > 1 && firstMap < 0) {
            firstMap = at();
        }
        putMapHeader(entries);
    }

    /** Any value, with all that it holds. */
    public void writeValue(Value value) {
        Walk known = walk;
        if (known == null) {
            known = new Walk();
            walk = known;
        }
        known.write(value, this);
    }

    private void beginAt(int gap, int items) {
        nesting.abandon();
        checkCount(items, Integer.MAX_VALUE);
        digest.reset();
        firstMap = -1;
        skip(gap);
        start = at();
        hashedTo = start;
        nesting.begin(items);
        putArrayHeader(items);
    }

    private void putContent(byte[] source, int from, int length) {
        if (length < LARGE) {
            putBytes(source, from, length);
            return;
        }
        digest.update(bytes(), hashedTo, at() - hashedTo);
        putAndHash(source, from, length, digest);
        hashedTo = at();
    }

    private static void checkCount(int count, int most) {
        if (count < 0 || count > most) {
            throw new IllegalArgumentException("a count of " + count + " is not in 0.." + most);
        }
    }

    /** Writes values with all that they hold, without recursion. Reusable, not thread-safe. */
    private static final class Walk {
        private final Value[][] rows = new Value[MsgpackCheck.MAX_DEPTH][];
        private final int[] nexts = new int[MsgpackCheck.MAX_DEPTH];
        private int depth;

        void write(Value value, MsgpackWriter to) {
            depth = 0;
            begin(value, to);
            while (depth > 0) {
                Value[] row = rows[depth - 1];
                int next = nexts[depth - 1]++;
                if (next == row.length) {
                    rows[--depth] = Items.NONE;
                } else {
                    begin(row[next], to);
                }
            }
        }

        private void begin(Value value, MsgpackWriter to) {
            switch (value.kind()) {
                case NIL -> to.writeNil();
                case BOOL -> to.writeBoolean(((Value.Bool) value).value());
                case INT -> writeInt((Value.Int) value, to);
                case FLOAT -> to.writeDouble(((Value.Float) value).value());
                case TEXT, BINARY -> to.writeByteString((Value.ByteString) value);
                case ARRAY -> {
                    Value[] items = ((Value.Array) value).row();
                    to.beginArray(items.length);
                    push(items);
                }
                case MAP -> {
                    Value[] alternating = ((Value.Map) value).alternating();
                    to.beginMap(alternating.length / 2);
                    push(alternating);
                }
                case EXT -> {
                    Value.Ext ext = (Value.Ext) value;
                    to.writeExt(ext.type(), ext.bytes());
                }
            }
        }

        private static void writeInt(Value.Int value, MsgpackWriter to) {
            if (value.isAboveLong()) {
                to.writeUnsignedLong(value.bits());
            } else {
                to.writeLong(value.bits());
            }
        }

        /** The writer has refused what is deeper than max-depth, and the message array takes one level. */
        private void push(Value[] row) {
            rows[depth] = row;
            nexts[depth++] = 0;
        }
    }
}
