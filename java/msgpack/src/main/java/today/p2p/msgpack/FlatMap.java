package today.p2p.msgpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compares the keys of the usual small maps in one go: few entries, keys that are short texts or small
 * integers, values without arrays and maps. Reusable, not thread-safe.
 */
final class FlatMap {
    /*
     * How it works. Such a key has one form only, so that keys are equal when their bytes are. The first
     * eight of these, which begin with kind and length, are one number each; as a rule no two are the same.
     */
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NOT_FLAT = -1;

    private final long[] words = new long[KeySet.FEW];
    private final int[] keyAt = new int[KeySet.FEW];

    /**
     * Checks the map of less than 16 entries that begins {@code at}, as {@link Scanner} does.
     *
     * @return the index after it; -1 when it is not a flat one, is to be refused, or has a key twice
     */
    int skip(byte[] bytes, int at, int to) {
        int entries = bytes[at] & 0x0f;
        if (entries > KeySet.FEW || bytes.length < Long.BYTES) {
            return NOT_FLAT;
        }
        int next = at + 1;
        for (int entry = 0; entry < entries; entry++) {
            int key = next;
            int size = keySize(bytes, key, to);
            if (size == Format.VARIABLE) {
                return NOT_FLAT;
            }
            int value = key + size;
            size = Format.plainScalar(bytes, value, to);
            if (size == Format.VARIABLE || isRepeated(bytes, key, value - key, entry)) {
                return NOT_FLAT;
            }
            next = value + size;
        }
        return next;
    }

    private static int keySize(byte[] bytes, int at, int to) {
        if (at >= to) {
            return Format.VARIABLE;
        }
        int first = bytes[at] & 0xff;
        if (Format.isFixText(first)) {
            return Format.plainByteString(bytes, at, to);
        }
        return first < Format.FIXMAP || first >= Format.NEGATIVE_FIXINT ? 1 : Format.VARIABLE;
    }

    private boolean isRepeated(byte[] bytes, int at, int size, int earlier) {
        long word = word(bytes, at, size);
        for (int index = 0; index < earlier; index++) {
            if (words[index] == word && isSame(bytes, keyAt[index], at, size)) {
                return true;
            }
        }
        words[earlier] = word;
        keyAt[earlier] = at;
        return false;
    }

    private static boolean isSame(byte[] bytes, int one, int other, int size) {
        return size <= Long.BYTES || Arrays.equals(bytes, one, one + size, bytes, other, other + size);
    }

    /** The first bytes of a key, at most eight. */
    private static long word(byte[] bytes, int at, int size) {
        int last = bytes.length - Long.BYTES;
        long word = at <= last ? (long) LONG.get(bytes, at) : (long) LONG.get(bytes, last) >>> 8 * (at - last);
        return size >= Long.BYTES ? word : word & (1L << 8 * size) - 1;
    }
}
