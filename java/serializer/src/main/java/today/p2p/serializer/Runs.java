package today.p2p.serializer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Skips runs of items of one byte, eight at a time where that is possible: a hostile message is dense in
 * them, and one branch an item would cost more than the hash of the message.
 */
final class Runs {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final boolean[] SCALARS = scalars();
    private static final boolean[] SCALARS_AND_EMPTY = scalarsAndEmpty();

    private Runs() {}

    /**
     * Which first bytes are whole items.
     *
     * @param containers whether empty arrays and maps count: they do not where none may be nested (MPK-7)
     */
    static boolean[] wholeItems(boolean containers) {
        return containers ? SCALARS_AND_EMPTY : SCALARS;
    }

    /** The first index of {@code from} to {@code to} that does not hold a whole item. */
    static int skip(byte[] bytes, int from, int to, boolean[] whole) {
        int at = from;
        while (to - at >= 8) {
            long eight = (long) LONG.get(bytes, at);
            if (!areFixints(eight) && !(eight == Long.rotateLeft(eight, 8) && whole[(int) eight & 0xff])) {
                int end = skipOneByOne(bytes, at, at + 8, whole);
                if (end < at + 8) {
                    return end;
                }
            }
            at += 8;
        }
        return skipOneByOne(bytes, at, to, whole);
    }

    /** Whether each byte is below 0x80 or has its three high bits set. */
    private static boolean areFixints(long eight) {
        return (eight & HIGH_BITS & ~(eight << 1 & eight << 2)) == 0;
    }

    private static int skipOneByOne(byte[] bytes, int from, int to, boolean[] whole) {
        int at = from;
        while (at < to && whole[bytes[at] & 0xff]) {
            at++;
        }
        return at;
    }

    private static boolean[] scalars() {
        boolean[] whole = new boolean[256];
        for (int first = 0; first < 256; first++) {
            whole[first] = Format.fixedSize(first) == 1;
        }
        return whole;
    }

    private static boolean[] scalarsAndEmpty() {
        boolean[] whole = scalars();
        whole[Format.FIXARRAY] = true;
        whole[Format.FIXMAP] = true;
        return whole;
    }
}
