package today.p2p.msgpack;

import java.util.Arrays;

/**
 * One item of checked msgpack: a whole scalar, or the header of an array or map. The fields are those of the
 * item read last. Reusable, not thread-safe; only for bytes that {@link Scanner} has accepted.
 */
final class Token {
    private static final Value.Kind[] KINDS = kinds();
    private static final long QUIET_NAN = 0x7ff8_0000_0000_0000L;

    private int firstByte = Format.NIL;

    /** Of an integer or boolean, its value; of a float, the bits of its float 64; of ext, its type. */
    long number;

    /** Whether the integer {@link #number} is unsigned and 2^63 or more. */
    boolean isAboveLong;

    /** Of text, binary and ext, where their bytes begin. */
    int dataAt;

    /** Of text, binary and ext, how many bytes; of an array, how many items; of a map, how many entries. */
    int length;

    /** Where the next item begins: after a scalar, or after the header of a container. */
    int next;

    /** What the item is. Looked up and not stored, since storing a reference costs more than the number. */
    Value.Kind kind() {
        return KINDS[firstByte];
    }

    /** What an item is that begins with {@code first}. */
    static Value.Kind kindOf(int first) {
        return KINDS[first];
    }

    boolean isContainer() {
        return KINDS[firstByte] == Value.Kind.ARRAY || KINDS[firstByte] == Value.Kind.MAP;
    }

    /** Reads the item at {@code at}. */
    void read(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        firstByte = first;
        if (first < Format.FIXMAP || first >= Format.NEGATIVE_FIXINT) {
            setInt((byte) first, at + 1);
        } else if (first < Format.NIL) {
            setData(at + 1, first < Format.FIXSTR ? first & 0x0f : first & 0x1f, first >= Format.FIXSTR);
        } else if (first < Format.FLOAT32) {
            readSmallOrData(bytes, at, first);
        } else if (first < Format.FIXEXT1) {
            readNumber(bytes, at, first);
        } else {
            readLong(bytes, at, first);
        }
    }

    /** How many items follow before this one is complete; 0 for scalars. */
    int children() {
        return switch (kind()) {
            case ARRAY -> length;
            case MAP -> 2 * length;
            case NIL, BOOL, INT, FLOAT, TEXT, BINARY, EXT -> 0;
        };
    }

    private void readSmallOrData(byte[] bytes, int at, int first) {
        switch (first) {
            case Format.NIL -> setScalar(0, at + 1);
            case Format.FALSE -> setScalar(0, at + 1);
            case Format.TRUE -> setScalar(1, at + 1);
            case Format.BIN8 -> setData(at + 2, bytes[at + 1] & 0xff, true);
            case Format.BIN16 -> setData(at + 3, BigEndian.u16(bytes, at + 1), true);
            case Format.BIN32 -> setData(at + 5, BigEndian.i32(bytes, at + 1), true);
            case Format.EXT8 -> setExt(bytes, at + 2, bytes[at + 1] & 0xff);
            case Format.EXT16 -> setExt(bytes, at + 3, BigEndian.u16(bytes, at + 1));
            default -> setExt(bytes, at + 5, BigEndian.i32(bytes, at + 1));
        }
    }

    private void readNumber(byte[] bytes, int at, int first) {
        switch (first) {
            case Format.FLOAT32 -> setFloat(BigEndian.i32(bytes, at + 1), at + 5);
            case Format.FLOAT64 -> setScalar(BigEndian.i64(bytes, at + 1), at + 9);
            case Format.UINT8 -> setInt(bytes[at + 1] & 0xff, at + 2);
            case Format.UINT16 -> setInt(BigEndian.u16(bytes, at + 1), at + 3);
            case Format.UINT32 -> setInt(BigEndian.u32(bytes, at + 1), at + 5);
            case Format.UINT64 -> {
                setInt(BigEndian.i64(bytes, at + 1), at + 9);
                isAboveLong = number < 0;
            }
            case Format.INT8 -> setInt(bytes[at + 1], at + 2);
            case Format.INT16 -> setInt((short) BigEndian.u16(bytes, at + 1), at + 3);
            case Format.INT32 -> setInt(BigEndian.i32(bytes, at + 1), at + 5);
            default -> setInt(BigEndian.i64(bytes, at + 1), at + 9);
        }
    }

    private void readLong(byte[] bytes, int at, int first) {
        switch (first) {
            case Format.STR8 -> setData(at + 2, bytes[at + 1] & 0xff, true);
            case Format.STR16 -> setData(at + 3, BigEndian.u16(bytes, at + 1), true);
            case Format.STR32 -> setData(at + 5, BigEndian.i32(bytes, at + 1), true);
            case Format.ARRAY16 -> setData(at + 3, BigEndian.u16(bytes, at + 1), false);
            case Format.ARRAY32 -> setData(at + 5, BigEndian.i32(bytes, at + 1), false);
            case Format.MAP16 -> setData(at + 3, BigEndian.u16(bytes, at + 1), false);
            case Format.MAP32 -> setData(at + 5, BigEndian.i32(bytes, at + 1), false);
            default -> setExt(bytes, at + 1, 1 << first - Format.FIXEXT1);
        }
    }

    private void setInt(long value, int after) {
        isAboveLong = false;
        setScalar(value, after);
    }

    private void setFloat(int bits, int after) {
        float value = Float.intBitsToFloat(bits);
        setScalar(Float.isNaN(value) ? wideNan(bits) : Double.doubleToRawLongBits(value), after);
    }

    // By hand, since the language does not say what a cast does to the bits of a NaN (MPK-17).
    private static long wideNan(int bits) {
        long sign = bits & 0x8000_0000L;
        long payload = bits & 0x007f_ffffL;
        return sign << 32 | QUIET_NAN | payload << 29;
    }

    private void setScalar(long value, int after) {
        number = value;
        next = after;
    }

    private void setData(int from, int count, boolean isBytes) {
        dataAt = from;
        length = count;
        next = isBytes ? from + count : from;
    }

    private void setExt(byte[] bytes, int typeAt, int count) {
        number = bytes[typeAt];
        setData(typeAt + 1, count, true);
    }

    private static Value.Kind[] kinds() {
        Value.Kind[] kinds = new Value.Kind[256];
        Arrays.fill(kinds, Value.Kind.INT);
        Arrays.fill(kinds, Format.FIXMAP, Format.FIXARRAY, Value.Kind.MAP);
        Arrays.fill(kinds, Format.FIXARRAY, Format.FIXSTR, Value.Kind.ARRAY);
        Arrays.fill(kinds, Format.FIXSTR, Format.NIL, Value.Kind.TEXT);
        kinds[Format.NIL] = Value.Kind.NIL;
        Arrays.fill(kinds, Format.FALSE, Format.TRUE + 1, Value.Kind.BOOL);
        Arrays.fill(kinds, Format.BIN8, Format.BIN32 + 1, Value.Kind.BINARY);
        Arrays.fill(kinds, Format.EXT8, Format.EXT32 + 1, Value.Kind.EXT);
        Arrays.fill(kinds, Format.FLOAT32, Format.FLOAT64 + 1, Value.Kind.FLOAT);
        Arrays.fill(kinds, Format.FIXEXT1, Format.FIXEXT16 + 1, Value.Kind.EXT);
        Arrays.fill(kinds, Format.STR8, Format.STR32 + 1, Value.Kind.TEXT);
        Arrays.fill(kinds, Format.ARRAY16, Format.ARRAY32 + 1, Value.Kind.ARRAY);
        Arrays.fill(kinds, Format.MAP16, Format.MAP32 + 1, Value.Kind.MAP);
        return kinds;
    }
}
