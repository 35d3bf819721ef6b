package today.p2p.msgpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads the items of checked msgpack one after the other, in the order in which they stand, without building
 * a {@link Value} for each. The items of an array and the keys and values of a map follow behind
 * its count.
 *
 * <p>{@link #kind} says what comes; a call for another kind is a mistake of the caller and throws {@link
 * IllegalStateException}, leaving the reader where it was. Valid until the bytes that it reads change. Not
 * thread-safe; the methods that return numbers allocate nothing.
 */
public final class MsgpackReader {
    private final Token token = new Token();
    private byte[] bytes = {};
    private int at;
    private int end;

    /**
     * Reads {@code array} from {@code from} to before {@code to}: whole items that {@link MsgpackCheck} has
     * accepted. What it makes of others is undefined.
     */
    public void reset(byte[] array, int from, int to) {
        bytes = array;
        at = from;
        end = to;
    }

    /** Whether an item follows. */
    public boolean hasNext() {
        return at < end;
    }

    /** The index of the next item in the array. */
    public int position() {
        return at;
    }

    /** What the next item is. */
    public Value.Kind kind() {
        return Token.kindOf(first());
    }

    /** Skips one whole item, with all that it holds. */
    public void skip() {
        long items = 1;
        while (items > 0) {
            peek();
            items += token.children() - 1;
            at = token.next;
        }
    }

    /** Skips nil. */
    public void readNil() {
        take(Value.Kind.NIL);
    }

    /** A boolean. */
    public boolean readBoolean() {
        if (Token.kindOf(first()) != Value.Kind.BOOL) {
            throw unexpected(Value.Kind.BOOL);
        }
        return bytes[at++] == (byte) Format.TRUE;
    }

    /**
     * An integer of at most 2^63-1.
     *
     * @throws ArithmeticException if it is larger
     */
    public long readLong() {
        int first = first();
        if (first < Format.FIXMAP || first >= Format.NEGATIVE_FIXINT) {
            return bytes[at++];
        }
        return switch (first) {
            case Format.UINT8 -> bytes[after(2) - 1] & 0xff;
            case Format.UINT16 -> BigEndian.u16(bytes, after(3) - 2);
            case Format.UINT32 -> BigEndian.u32(bytes, after(5) - 4);
            case Format.INT8 -> bytes[after(2) - 1];
            case Format.INT16 -> (short) BigEndian.u16(bytes, after(3) - 2);
            case Format.INT32 -> BigEndian.i32(bytes, after(5) - 4);
            case Format.INT64 -> BigEndian.i64(bytes, after(9) - 8);
            case Format.UINT64 -> readUnsigned64();
            default -> throw unexpected(Value.Kind.INT);
        };
    }

    private long readUnsigned64() {
        long number = BigEndian.i64(bytes, at + 1);
        if (number < 0) {
            throw new ArithmeticException(Long.toUnsignedString(number) + " is above 2^63-1");
        }
        at += 9;
        return number;
    }

    /** The 64 bits of an integer; negative also for those of 2^63 and above, as those are unsigned. */
    public long readLongBits() {
        take(Value.Kind.INT);
        return token.number;
    }

    /** A float. */
    public double readDouble() {
        if (first() == Format.FLOAT64) {
            return Double.longBitsToDouble(BigEndian.i64(bytes, after(9) - 8));
        }
        take(Value.Kind.FLOAT);
        return Double.longBitsToDouble(token.number);
    }

    /** Text. */
    public String readText() {
        int first = first();
        if (Format.isFixText(first)) {
            int length = first & 0x1f;
            return new String(bytes, after(1 + length) - length, length, StandardCharsets.UTF_8);
        }
        if (first == Format.STR8) {
            int length = bytes[at + 1] & 0xff;
            return new String(bytes, after(2 + length) - length, length, StandardCharsets.UTF_8);
        }
        take(Value.Kind.TEXT);
        return new String(bytes, token.dataAt, token.length, StandardCharsets.UTF_8);
    }

    /** The bytes of text or binary, copied. */
    public Bytes readBytes() {
        expectByteString();
        at = token.next;
        return Bytes.copyOf(bytes, token.dataAt, token.length);
    }

    /** The bytes of text or binary, copied into an array that is the caller's. */
    public byte[] readByteArray() {
        expectByteString();
        at = token.next;
        return Arrays.copyOfRange(bytes, token.dataAt, at);
    }

    /**
     * The bytes of text or binary, copied into {@code target}.
     *
     * @return how many
     * @throws IndexOutOfBoundsException if {@code target} has no room for them
     */
    public int readBytes(byte[] target, int offset) {
        expectByteString();
        Objects.checkFromIndexSize(offset, token.length, target.length);
        System.arraycopy(bytes, token.dataAt, target, offset, token.length);
        at = token.next;
        return token.length;
    }

    /** How many items the array has that begins here; they follow. */
    public int readArray() {
        int first = first();
        if ((first & 0xf0) == Format.FIXARRAY) {
            at++;
            return first & 0x0f;
        }
        take(Value.Kind.ARRAY);
        return token.length;
    }

    /** How many entries the map has that begins here; a key and a value follow for each. */
    public int readMap() {
        int first = first();
        if ((first & 0xf0) == Format.FIXMAP) {
            at++;
            return first & 0x0f;
        }
        take(Value.Kind.MAP);
        return token.length;
    }

    /** Any item, with all that it holds, copied. */
    public Value readValue() {
        int from = at;
        skip();
        byte[] copy = Arrays.copyOfRange(bytes, from, at);
        return ValueBuilder.build(copy, 0, 1)[0];
    }

    /**
     * All items that are left, which are {@code count}, with all that they hold. Their text and binary share
     * memory with the array, which nobody changes any more.
     */
    public List<Value> shareRest(int count) {
        Value[] values = ValueBuilder.build(bytes, at, count);
        at = end;
        return Items.wrap(values);
    }

    private void expectByteString() {
        peek();
        if (token.kind() != Value.Kind.TEXT && token.kind() != Value.Kind.BINARY) {
            throw new IllegalStateException("expected TEXT or BINARY, found " + token.kind());
        }
    }

    private void take(Value.Kind kind) {
        peek();
        if (token.kind() != kind) {
            throw unexpected(kind);
        }
        at = token.next;
    }

    private IllegalStateException unexpected(Value.Kind wanted) {
        return new IllegalStateException("expected " + wanted + ", found " + kind());
    }

    private void peek() {
        first();
        token.read(bytes, at);
    }

    /** The first byte of the next item, which is whole: the message was checked. */
    private int first() {
        if (at >= end) {
            throw new IllegalStateException("no item follows");
        }
        return bytes[at] & 0xff;
    }

    /** Passes an item of {@code size} bytes; where the next begins. */
    private int after(int size) {
        at += size;
        return at;
    }
}
