package today.p2p.msgpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 as the Unicode Standard's table 3-7 has it, both ways (MPK-8, MPK-15). */
final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Whether the bytes from {@code from} to before {@code to} are well-formed. */
    static boolean isWellFormed(byte[] bytes, int from, int to) {
        return isAscii(bytes, from, to) || isWellFormedBesideAscii(bytes, from, to);
    }

    /** Whether the bytes from {@code from} to before {@code to} are all below 0x80. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        if (to - from < 8) {
            return isShortAscii(bytes, from, to);
        }
        int last = to - 8;
        int at = from;
        // The last eight may overlap those before them.
        long bits = (long) LONG.get(bytes, last);
        while (at < last && (bits & HIGH_BITS) == 0) {
            bits |= (long) LONG.get(bytes, at);
            at += 8;
        }
        return (bits & HIGH_BITS) == 0;
    }

    private static boolean isShortAscii(byte[] bytes, int from, int to) {
        if (bytes.length - from >= 8) {
            // What lies behind the text is read with it, and then not looked at.
            long wanted = (1L << 8 * (to - from)) - 1;
            return ((long) LONG.get(bytes, from) & wanted & HIGH_BITS) == 0;
        }
        int bits = 0;
        for (int at = from; at < to; at++) {
            bits |= bytes[at];
        }
        return bits >= 0;
    }

    private static boolean isWellFormedBesideAscii(byte[] bytes, int from, int to) {
        long state = Machine.BETWEEN;
        int at = from;
        while (to - at >= 8) {
            boolean isAscii = ((long) LONG.get(bytes, at) & HIGH_BITS) == 0;
            if (!isAscii || (state & 63) != Machine.BETWEEN) {
                state = Machine.eight(bytes, at, state);
            }
            at += 8;
        }
        while (at < to) {
            state = Machine.next(state, bytes[at++]);
        }
        return (state & 63) == Machine.BETWEEN;
    }

    /** The UTF-8 of {@code text}; refuses a surrogate without its partner. */
    static byte[] encode(String text) {
        byte[] bytes = new byte[length(text)];
        encode(text, bytes, 0);
        return bytes;
    }

    /**
     * Whether all of {@code text} is ASCII. One pass that looks and one that copies are faster than one that does
     * both: each is vectorised.
     */
    static boolean isAscii(String text) {
        int chars = text.length();
        int bits = 0;
        for (int index = 0; index < chars; index++) {
            bits |= text.charAt(index);
        }
        return bits < 0x80;
    }

    /** Writes {@code text}, which is ASCII. */
    @SuppressWarnings("deprecation") // It takes the low byte of each char, which is all of it here.
    static void copyAscii(String text, byte[] target, int to) {
        text.getBytes(0, text.length(), target, to);
    }

    /** How many bytes the UTF-8 of {@code text} has. */
    static int length(String text) {
        int chars = text.length();
        long length = chars;
        for (int at = 0; at < chars; at++) {
            char c = text.charAt(at);
            if (c >= 0x80) {
                // A pair of surrogates is four bytes, two for each.
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        if (length > Buffer.MAX_ARRAY) {
            throw new NotEncodableException(ErrorCode.LIMIT, "text of " + length + " bytes");
        }
        return (int) length;
    }

    /**
     * Writes the UTF-8 of {@code text}; {@code target} must have room for it.
     *
     * @return the index after the last byte written
     */
    static int encode(String text, byte[] target, int offset) {
        int to = offset;
        int chars = text.length();
        int at = 0;
        while (at < chars) {
            char c = text.charAt(at);
            if (c < 0x80) {
                target[to++] = (byte) c;
                at++;
            } else if (Character.isSurrogate(c)) {
                to = encodePair(text, at, target, to);
                at += 2;
            } else {
                to = encodeOther(c, target, to);
                at++;
            }
        }
        return to;
    }

    private static int encodeOther(char c, byte[] target, int offset) {
        int to = offset;
        if (c < 0x800) {
            target[to++] = (byte) (0xc0 | c >> 6);
        } else {
            target[to++] = (byte) (0xe0 | c >> 12);
            target[to++] = (byte) (0x80 | c >> 6 & 0x3f);
        }
        target[to++] = (byte) (0x80 | c & 0x3f);
        return to;
    }

    private static int encodePair(String text, int at, byte[] target, int offset) {
        int point = text.codePointAt(at);
        if (point < 0x10000) {
            throw new NotEncodableException(ErrorCode.TEXT, "text has a surrogate without its partner at char " + at);
        }
        target[offset] = (byte) (0xf0 | point >> 18);
        target[offset + 1] = (byte) (0x80 | point >> 12 & 0x3f);
        target[offset + 2] = (byte) (0x80 | point >> 6 & 0x3f);
        target[offset + 3] = (byte) (0x80 | point & 0x3f);
        return offset + 4;
    }

    /** Table 3-7 of the Unicode Standard as a finite automaton without branches (MPK-8). */
    private static final class Machine {
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

        private Machine() {}

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
}
