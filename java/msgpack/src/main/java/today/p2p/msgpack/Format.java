package today.p2p.msgpack;

/** The first bytes of msgpack items, and what each says about the item's size (MPK-1). */
final class Format {
    static final int FIXMAP = 0x80;
    static final int FIXARRAY = 0x90;
    static final int FIXSTR = 0xa0;
    static final int NIL = 0xc0;
    static final int NEVER_USED = 0xc1;
    static final int FALSE = 0xc2;
    static final int TRUE = 0xc3;
    static final int BIN8 = 0xc4;
    static final int BIN16 = 0xc5;
    static final int BIN32 = 0xc6;
    static final int EXT8 = 0xc7;
    static final int EXT16 = 0xc8;
    static final int EXT32 = 0xc9;
    static final int FLOAT32 = 0xca;
    static final int FLOAT64 = 0xcb;
    static final int UINT8 = 0xcc;
    static final int UINT16 = 0xcd;
    static final int UINT32 = 0xce;
    static final int UINT64 = 0xcf;
    static final int INT8 = 0xd0;
    static final int INT16 = 0xd1;
    static final int INT32 = 0xd2;
    static final int INT64 = 0xd3;
    static final int FIXEXT1 = 0xd4;
    static final int FIXEXT16 = 0xd8;
    static final int STR8 = 0xd9;
    static final int STR16 = 0xda;
    static final int STR32 = 0xdb;
    static final int ARRAY16 = 0xdc;
    static final int ARRAY32 = 0xdd;
    static final int MAP16 = 0xde;
    static final int MAP32 = 0xdf;
    static final int NEGATIVE_FIXINT = 0xe0;

    /** The entry of {@link #FIXED} for an item whose size its first byte does not tell. */
    static final byte VARIABLE = 0;

    private static final byte[] FIXED = fixedSizes();
    private static final byte[] FIXED_OR_EMPTY = fixedOrEmptySizes();

    private Format() {}

    /** The whole size of a scalar that has no more to check than its size, or {@link #VARIABLE}. */
    static int fixedSize(int first) {
        return FIXED[first & 0xff];
    }

    /**
     * {@link #fixedSize} of all first bytes, not to be changed.
     *
     * @param empty whether empty arrays and maps count as items of one byte: they do not where none may be
     *     nested (MPK-7)
     */
    static byte[] fixedSizes(boolean empty) {
        return empty ? FIXED_OR_EMPTY : FIXED;
    }

    static boolean isFixText(int first) {
        return (first & 0xe0) == FIXSTR;
    }

    private static byte[] fixedSizes() {
        byte[] sizes = new byte[256];
        for (int first = 0; first < 256; first++) {
            sizes[first] = first < FIXMAP || first >= NEGATIVE_FIXINT ? 1 : VARIABLE;
        }
        sizes[FIXSTR] = 1;
        sizes[NIL] = 1;
        sizes[FALSE] = 1;
        sizes[TRUE] = 1;
        sizes[UINT8] = 2;
        sizes[INT8] = 2;
        sizes[UINT16] = 3;
        sizes[INT16] = 3;
        sizes[FLOAT32] = 5;
        sizes[UINT32] = 5;
        sizes[INT32] = 5;
        sizes[FLOAT64] = 9;
        sizes[UINT64] = 9;
        sizes[INT64] = 9;
        for (int power = 0; power <= 4; power++) {
            sizes[FIXEXT1 + power] = (byte) (2 + (1 << power));
        }
        return sizes;
    }

    private static byte[] fixedOrEmptySizes() {
        byte[] sizes = fixedSizes();
        sizes[FIXARRAY] = 1;
        sizes[FIXMAP] = 1;
        return sizes;
    }

    // The sizes of the usual scalars, checked: of those that are refused or long, nothing is said.

    /** The whole size of a scalar of fixed size or a {@link #plainByteString}; or {@link #VARIABLE}. */
    static int plainScalar(byte[] bytes, int at, int to) {
        if (at >= to) {
            return VARIABLE;
        }
        int size = fixedSize(bytes[at]);
        if (size == VARIABLE) {
            return plainByteString(bytes, at, to);
        }
        return size <= to - at ? size : VARIABLE;
    }

    /**
     * The whole size of a text of less than 256 bytes that is well-formed, or of a binary as short;
     * {@link #VARIABLE} for all else.
     */
    static int plainByteString(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        int data = at + 1;
        int length = first & 0x1f;
        if (!isFixText(first)) {
            if (first != STR8 && first != BIN8 || data == to) {
                return VARIABLE;
            }
            length = bytes[data++] & 0xff;
        }
        if (length > to - data) {
            return VARIABLE;
        }
        int next = data + length;
        return first == BIN8 || Utf8.isWellFormed(bytes, data, next) ? next - at : VARIABLE;
    }
}
