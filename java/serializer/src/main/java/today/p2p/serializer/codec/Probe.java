package today.p2p.serializer.codec;

/**
 * Guesses from a sample of bytes whether data can be compressed at all (CMP-15).
 *
 * <p>Two bytes of random data are equal once in 256 times; of text, JSON or msgpack ten times as often. The probe counts equal
 * pairs in a sample, in well under a microsecond; a wrong guess costs a raw frame or a wasted attempt, never a wrong byte.
 */
final class Probe {
    private static final int SAMPLE = 256;

    // A sample of n random bytes has n (n - 1) / 512 equal pairs, which is 127 of 256 bytes, give or take 11.
    private static final int PAIRS_PER_EQUAL = 320;

    private Probe() {}

    /** Whether the bytes are as evenly spread as random ones. Data shorter than 64 bytes never looks random. */
    static boolean looksRandom(byte[] data, int from, int length) {
        if (length < 64) {
            return false;
        }
        byte[] seen = new byte[256];
        int step = Math.max(1, length / SAMPLE);
        int taken = Math.min(length / step, SAMPLE);
        int equal = 0;
        for (int i = 0, at = from; i < taken; i++, at += step) {
            equal += seen[data[at] & 0xff]++ & 0xff;
        }
        return equal < taken * (taken - 1) / 2 / PAIRS_PER_EQUAL * 2;
    }
}
