package today.p2p.msgpack;

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

    private Runs() {}

    /**
     * The first index of {@code from} to {@code to} that does not hold a whole item.
     *
     * @param sizes those of {@link Format#fixedSizes(boolean)}
     */
    static int skip(byte[] bytes, int from, int to, byte[] sizes) {
        int at = from;
        while (to - at >= 8) {
            long eight = (long) LONG.get(bytes, at);
            if (!areFixints(eight) && !(eight == Long.rotateLeft(eight, 8) && sizes[(int) eight & 0xff] == 1)) {
                int end = skipOneByOne(bytes, at, at + 8, sizes);
                if (end < at + 8) {
                    return end;
                }
            }
            at += 8;
        }
        return skipOneByOne(bytes, at, to, sizes);
    }

    /** Whether each byte is below 0x80 or has its three high bits set. */
    private static boolean areFixints(long eight) {
        return (eight & HIGH_BITS & ~(eight << 1 & eight << 2)) == 0;
    }

    private static int skipOneByOne(byte[] bytes, int from, int to, byte[] sizes) {
        int at = from;
        while (at < to && sizes[bytes[at] & 0xff] == 1) {
            at++;
        }
        return at;
    }
}
