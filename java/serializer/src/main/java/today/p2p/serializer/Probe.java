package today.p2p.serializer;

/**
 * Tells data that cannot be compressed from other data at the price of a look at a few hundred bytes
 * (CMP-15). It looks at single bytes only: random data that repeats itself passes for incompressible.
 */
final class Probe {
    private static final int SAMPLE = 512;
    private static final int STRETCH = 64;

    private Probe() {}

    /*
     * Two bytes drawn from uniform noise are equal once in 256 times; where a code could save 1/16, the
     * bytes carry at most 7.5 bits each and are equal about once in 181 times. The sample of 512 bytes has
     * 130816 pairs: 511 equal ones expected of noise, with a deviation of 23. The line is drawn at 600, four
     * deviations above noise.
     */
    static boolean looksRandom(byte[] bytes, int from, int length) {
        if (length < SAMPLE) {
            return false;
        }
        short[] counts = new short[256];
        int stretches = SAMPLE / STRETCH;
        int step = (length - STRETCH) / (stretches - 1);
        int pairs = 0;
        for (int stretch = 0; stretch < stretches; stretch++) {
            int at = from + stretch * step;
            for (int to = at + STRETCH; at < to; at++) {
                pairs += counts[bytes[at] & 0xff]++;
            }
        }
        return pairs < 600;
    }
}
