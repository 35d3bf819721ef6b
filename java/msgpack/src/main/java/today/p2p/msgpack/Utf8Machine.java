package today.p2p.msgpack;

/** Table 3-7 of the Unicode Standard as a finite automaton without branches (MPK-8). */
final class Utf8Machine {
    /*
     * How it works. A state is a shift, a multiple of 6. The row of a byte holds the next state of each state
     * at that state's shift, so that a step is one shift of a row that does not depend on the step before.
     * Only the low 6 bits of a state count; Java's shift ignores the others, and so must a comparison.
     */

    /** Between two characters; where well-formed text begins and ends. */
    static final int BETWEEN = 0;

    private static final int BROKEN = 6;
    private static final int ONE_MORE = 12;
    private static final int TWO_MORE = 18;
    private static final int THREE_MORE = 24;
    private static final int AFTER_E0 = 30;
    private static final int AFTER_ED = 36;
    private static final int AFTER_F0 = 42;
    private static final int AFTER_F4 = 48;
    private static final int LAST = AFTER_F4;

    private static final long[] ROWS = rows();

    private Utf8Machine() {}

    /** The state after one byte more. */
    static long next(long state, int b) {
        return ROWS[b & 0xff] >>> state;
    }

    /** The state after eight bytes more. */
    static long eight(byte[] bytes, int at, long state) {
        long s = ROWS[bytes[at] & 0xff] >>> state;
        s = ROWS[bytes[at + 1] & 0xff] >>> s;
        s = ROWS[bytes[at + 2] & 0xff] >>> s;
        s = ROWS[bytes[at + 3] & 0xff] >>> s;
        s = ROWS[bytes[at + 4] & 0xff] >>> s;
        s = ROWS[bytes[at + 5] & 0xff] >>> s;
        s = ROWS[bytes[at + 6] & 0xff] >>> s;
        return ROWS[bytes[at + 7] & 0xff] >>> s;
    }

    private static long[] rows() {
        long[] rows = new long[256];
        for (int b = 0; b < 256; b++) {
            for (int state = 0; state <= LAST; state += 6) {
                rows[b] |= (long) step(state, b) << state;
            }
        }
        return rows;
    }

    private static int step(int state, int b) {
        return switch (state) {
            case BETWEEN -> first(b);
            case ONE_MORE -> within(b, 0x80, 0xbf, BETWEEN);
            case TWO_MORE -> within(b, 0x80, 0xbf, ONE_MORE);
            case THREE_MORE -> within(b, 0x80, 0xbf, TWO_MORE);
            case AFTER_E0 -> within(b, 0xa0, 0xbf, ONE_MORE);
            case AFTER_ED -> within(b, 0x80, 0x9f, ONE_MORE);
            case AFTER_F0 -> within(b, 0x90, 0xbf, TWO_MORE);
            case AFTER_F4 -> within(b, 0x80, 0x8f, TWO_MORE);
            default -> BROKEN;
        };
    }

    private static int within(int b, int least, int most, int then) {
        return b >= least && b <= most ? then : BROKEN;
    }

    private static int first(int b) {
        return switch (b) {
            case 0xe0 -> AFTER_E0;
            case 0xed -> AFTER_ED;
            case 0xf0 -> AFTER_F0;
            case 0xf4 -> AFTER_F4;
            default ->
                b < 0x80
                        ? BETWEEN
                        : b < 0xc2 || b > 0xf4 ? BROKEN : b < 0xe0 ? ONE_MORE : b < 0xf0 ? TWO_MORE : THREE_MORE;
        };
    }
}
