package today.p2p.kernel;

import today.p2p.msgpack.Value;

/**
 * How large a value is.
 *
 * @param bytes of its shortest form (MPK-12)
 * @param items of all arrays and maps in it, as MPK-16 counts them
 */
public record Size(long bytes, long items) {
    private static final Size ONE_BYTE = new Size(1, 0);

    /** The size of a value; its nesting is bounded, since a frame has held it or could (MPK-7). */
    public static Size of(Value value) {
        return switch (value.kind()) {
            case NIL, BOOL -> ONE_BYTE;
            case INT -> new Size(bytesOf((Value.Int) value), 0);
            case FLOAT -> new Size(9, 0);
            case TEXT, BINARY -> new Size(bytes(value), 0);
            case EXT -> ofExt(((Value.Ext) value).bytes().length());
            case ARRAY -> ofArray((Value.Array) value);
            case MAP -> ofMap((Value.Map) value);
        };
    }

    /** The {@link #bytes()} alone, which most values tell at once. */
    public static long bytes(Value value) {
        return switch (value.kind()) {
            case NIL, BOOL -> 1;
            case INT -> bytesOf((Value.Int) value);
            case TEXT -> length(((Value.ByteString) value).bytes().length(), 31);
            case BINARY -> length(((Value.ByteString) value).bytes().length(), -1);
            case FLOAT, EXT, ARRAY, MAP -> of(value).bytes;
        };
    }

    private static Size ofArray(Value.Array array) {
        int count = array.items().size();
        long bytes = countHeader(count);
        long items = count;
        for (Value item : array.items()) {
            Size size = of(item);
            bytes += size.bytes;
            items += size.items;
        }
        return new Size(bytes, items);
    }

    private static Size ofMap(Value.Map map) {
        long bytes = countHeader(map.size());
        long items = 2L * map.size();
        for (Value.Entry entry : map.entries()) {
            Size key = of(entry.key());
            Size value = of(entry.value());
            bytes += key.bytes + value.bytes;
            items += key.items + value.items;
        }
        return new Size(bytes, items);
    }

    private static long length(int length, int inOneByte) {
        int header = length <= inOneByte ? 1 : length <= 0xff ? 2 : length <= 0xffff ? 3 : 5;
        return (long) header + length;
    }

    private static Size ofExt(int length) {
        boolean isFixed = length <= 16 && Integer.bitCount(length) == 1;
        int header = isFixed ? 2 : length <= 0xff ? 3 : length <= 0xffff ? 4 : 6;
        return new Size((long) header + length, 0);
    }

    private static int countHeader(int count) {
        return count <= 15 ? 1 : count <= 0xffff ? 3 : 5;
    }

    private static int bytesOf(Value.Int number) {
        if (number.isAboveLong()) {
            return 9;
        }
        long value = number.bits();
        if (value >= -32 && value <= 127) {
            return 1;
        }
        if (value >= 0) {
            return value <= 0xff ? 2 : value <= 0xffff ? 3 : value <= 0xffff_ffffL ? 5 : 9;
        }
        return value >= Byte.MIN_VALUE ? 2 : value >= Short.MIN_VALUE ? 3 : value >= Integer.MIN_VALUE ? 5 : 9;
    }
}
