package today.p2p.msgpack;

/** The sizes of the usual scalars, checked: of all those that are refused or long, nothing is said. */
final class Plain {
    private Plain() {}

    /** The whole size of a scalar of fixed size or a {@link #byteString}; or {@link Format#VARIABLE}. */
    static int scalar(byte[] bytes, int at, int to) {
        if (at >= to) {
            return Format.VARIABLE;
        }
        int size = Format.fixedSize(bytes[at]);
        if (size == Format.VARIABLE) {
            return byteString(bytes, at, to);
        }
        return size <= to - at ? size : Format.VARIABLE;
    }

    /**
     * The whole size of a text of less than 256 bytes that is well-formed, or of a binary as short;
     * {@link Format#VARIABLE} for all else.
     */
    static int byteString(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        int data = at + 1;
        int length = first & 0x1f;
        if (!Format.isFixText(first)) {
            if (first != Format.STR8 && first != Format.BIN8 || data == to) {
                return Format.VARIABLE;
            }
            length = bytes[data++] & 0xff;
        }
        if (length > to - data) {
            return Format.VARIABLE;
        }
        int next = data + length;
        return first == Format.BIN8 || Utf8.isWellFormed(bytes, data, next) ? next - at : Format.VARIABLE;
    }
}
