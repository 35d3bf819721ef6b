package today.p2p.serializer;

/**
 * One item of checked msgpack: a whole scalar, or the header of an array or map. The fields are those of the
 * item read last. Reusable, not thread-safe; only for bytes that {@link Scanner} has accepted.
 */
final class Token {
    Value.Kind kind = Value.Kind.NIL;

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

    /** Reads the item at {@code at}. */
    void read(byte[] bytes, int at) {
        int first = bytes[at];
        if (first >= (byte) Format.NEGATIVE_FIXINT) {
            setInt(first, at + 1);
            return;
        }
        int unsigned = first & 0xff;
        if (unsigned < Format.NIL) {
            readFixed(unsigned, at + 1);
        } else if (unsigned < Format.FLOAT32) {
            readSmallOrData(bytes, at, unsigned);
        } else if (unsigned < Format.FIXEXT1) {
            readNumber(bytes, at, unsigned);
        } else {
            readLong(bytes, at, unsigned);
        }
    }

    /** How many items follow before this one is complete; 0 for scalars. */
    int children() {
        return switch (kind) {
            case ARRAY -> length;
            case MAP -> 2 * length;
            case NIL, BOOL, INT, FLOAT, TEXT, BINARY, EXT -> 0;
        };
    }

    private void readFixed(int first, int data) {
        if (first >= Format.FIXSTR) {
            setData(Value.Kind.TEXT, data, first & 0x1f);
        } else {
            setContainer(first >= Format.FIXARRAY ? Value.Kind.ARRAY : Value.Kind.MAP, first & 0x0f, data);
        }
    }

    private void readSmallOrData(byte[] bytes, int at, int first) {
        switch (first) {
            case Format.NIL -> setScalar(Value.Kind.NIL, 0, at + 1);
            case Format.FALSE -> setScalar(Value.Kind.BOOL, 0, at + 1);
            case Format.TRUE -> setScalar(Value.Kind.BOOL, 1, at + 1);
            case Format.BIN8 -> setData(Value.Kind.BINARY, at + 2, bytes[at + 1] & 0xff);
            case Format.BIN16 -> setData(Value.Kind.BINARY, at + 3, BigEndian.u16(bytes, at + 1));
            case Format.BIN32 -> setData(Value.Kind.BINARY, at + 5, BigEndian.i32(bytes, at + 1));
            case Format.EXT8 -> setExt(bytes, at + 2, bytes[at + 1] & 0xff);
            case Format.EXT16 -> setExt(bytes, at + 3, BigEndian.u16(bytes, at + 1));
            default -> setExt(bytes, at + 5, BigEndian.i32(bytes, at + 1));
        }
    }

    private void readNumber(byte[] bytes, int at, int first) {
        switch (first) {
            case Format.FLOAT32 -> setFloat(Float.intBitsToFloat(BigEndian.i32(bytes, at + 1)), at + 5);
            case Format.FLOAT64 -> setScalar(Value.Kind.FLOAT, BigEndian.i64(bytes, at + 1), at + 9);
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
            case Format.STR8 -> setData(Value.Kind.TEXT, at + 2, bytes[at + 1] & 0xff);
            case Format.STR16 -> setData(Value.Kind.TEXT, at + 3, BigEndian.u16(bytes, at + 1));
            case Format.STR32 -> setData(Value.Kind.TEXT, at + 5, BigEndian.i32(bytes, at + 1));
            case Format.ARRAY16 -> setContainer(Value.Kind.ARRAY, BigEndian.u16(bytes, at + 1), at + 3);
            case Format.ARRAY32 -> setContainer(Value.Kind.ARRAY, BigEndian.i32(bytes, at + 1), at + 5);
            case Format.MAP16 -> setContainer(Value.Kind.MAP, BigEndian.u16(bytes, at + 1), at + 3);
            case Format.MAP32 -> setContainer(Value.Kind.MAP, BigEndian.i32(bytes, at + 1), at + 5);
            default -> setExt(bytes, at + 1, 1 << first - Format.FIXEXT1);
        }
    }

    private void setInt(long value, int after) {
        isAboveLong = false;
        setScalar(Value.Kind.INT, value, after);
    }

    // A signalling NaN may become a quiet one here, which is the same for all float 32 (MPK-3).
    private void setFloat(float value, int after) {
        setScalar(Value.Kind.FLOAT, Double.doubleToRawLongBits(value), after);
    }

    private void setScalar(Value.Kind scalar, long value, int after) {
        kind = scalar;
        number = value;
        next = after;
    }

    private void setData(Value.Kind data, int from, int bytes) {
        kind = data;
        dataAt = from;
        length = bytes;
        next = from + bytes;
    }

    private void setExt(byte[] bytes, int typeAt, int count) {
        number = bytes[typeAt];
        setData(Value.Kind.EXT, typeAt + 1, count);
    }

    private void setContainer(Value.Kind container, int count, int after) {
        kind = container;
        length = count;
        next = after;
    }
}
