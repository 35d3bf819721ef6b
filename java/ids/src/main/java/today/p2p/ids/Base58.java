package today.p2p.ids;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;

/*
 * How it works. A number is eight words, the most significant first. Ten digits are a factor of 58^10, which is below
 * 2^59, and are read with one multiplication a word; five are below 2^30, and are written with one division a half.
 */
/**
 * Numbers from 0 to 2^512-1 as text of 58 digits, most significant first; not byte strings (B58-1
 * to B58-6).
 */
public final class Base58 {
    /** Longest text that is read, in bytes of its UTF-8 (B58-6): {@code max-base58} of the registry of limits. */
    public static final int MAX_LENGTH = 128;

    private static final byte[] DIGITS =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];

    /** Digits that are read at once, and written at once. */
    private static final int READ = 10;

    private static final int WRITTEN = 5;
    private static final int WRITTEN_VALUE = 58 * 58 * 58 * 58 * 58;
    private static final long[] POWERS = new long[READ + 1];

    private static final int WORDS = 8;
    private static final int MOST_BITS = WORDS * Long.SIZE;
    /** The 88 digits of 2^512-1, in whole groups. */
    private static final int MOST_DIGITS = 90;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < DIGITS.length; value++) {
            VALUES[DIGITS[value]] = (byte) value;
        }
        POWERS[0] = 1;
        for (int exponent = 1; exponent <= READ; exponent++) {
            POWERS[exponent] = POWERS[exponent - 1] * 58;
        }
    }

    private Base58() {}

    /**
     * The text of a number.
     *
     * @throws NotEncodableException RANGE, if it is negative, or 2^512 or more
     */
    public static String write(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > MOST_BITS) {
            throw new NotEncodableException(ErrorCode.RANGE, "base58 stands for 0 to 2^512-1, not for " + number);
        }
        long[] words = new long[WORDS];
        BigInteger rest = number;
        for (int at = WORDS - 1; at >= 0 && rest.signum() != 0; at--) {
            words[at] = rest.longValue();
            rest = rest.shiftRight(Long.SIZE);
        }
        return write(words).utf8();
    }

    /** The text of a number of eight words, the most significant first, as the bytes of its UTF-8. */
    public static Bytes write(long[] words) {
        int[] halves = new int[2 * WORDS];
        for (int at = 0; at < WORDS; at++) {
            halves[2 * at] = (int) (words[at] >>> Integer.SIZE);
            halves[2 * at + 1] = (int) words[at];
        }
        byte[] text = new byte[MOST_DIGITS];
        int at = text.length;
        int first = 0;
        do {
            int group = divide(halves, first);
            for (int digit = 0; digit < WRITTEN; digit++) {
                text[--at] = DIGITS[group % 58];
                group /= 58;
            }
            while (first < halves.length && halves[first] == 0) {
                first++;
            }
        } while (first < halves.length);
        while (at < text.length - 1 && text[at] == DIGITS[0]) {
            at++;
        }
        return Bytes.copyOf(text, at, text.length - at);
    }

    /** Divides by 58^5; the remainder. */
    private static int divide(int[] halves, int first) {
        long rest = 0;
        for (int at = first; at < halves.length; at++) {
            long dividend = rest << Integer.SIZE | Integer.toUnsignedLong(halves[at]);
            long quotient = dividend / WRITTEN_VALUE;
            halves[at] = (int) quotient;
            rest = dividend - quotient * WRITTEN_VALUE;
        }
        return (int) rest;
    }

    /**
     * The text of the number that bytes, usually a digest, are in big-endian order (B58-3). At most
     * 64 bytes.
     */
    public static String write(Bytes bigEndian) {
        return write(new BigInteger(1, bigEndian.toArray()));
    }

    /** The number that text stands for, or LIMIT, BASE58 or RANGE. */
    public static Parsed<BigInteger> read(String text) {
        // A char is at least one byte of UTF-8, so that a long text is refused unread.
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Refused<>(tooLong().orElseThrow());
        }
        return read(Bytes.copyOf(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** As {@link #read(String)}, for text that came as the bytes of its UTF-8. */
    public static Parsed<BigInteger> read(Bytes text) {
        long[] words = new long[WORDS];
        Optional<Malformed> wrong = check(text, words);
        if (wrong.isPresent()) {
            return new Parsed.Refused<>(wrong.get());
        }
        ByteBuffer bigEndian = ByteBuffer.allocate(WORDS * Long.BYTES);
        bigEndian.asLongBuffer().put(words);
        return new Parsed.Sound<>(new BigInteger(1, bigEndian.array()));
    }

    /** Why a text stands for no number, if it does not: what {@link #read(Bytes)} would refuse it for. */
    static Optional<Malformed> check(Bytes text) {
        return check(text, new long[WORDS]);
    }

    private static Optional<Malformed> check(Bytes text, long[] words) {
        if (text.length() > MAX_LENGTH) {
            return tooLong();
        }
        if (text.isEmpty()) {
            return refused(ErrorCode.BASE58, 0, "no digits");
        }
        int wrong = firstWrong(text);
        if (wrong < text.length()) {
            return refused(ErrorCode.BASE58, wrong, "a character that is no base58 digit");
        }
        return read(text, words) ? Optional.empty() : refused(ErrorCode.RANGE, 0, "a number of 2^512 or more");
    }

    /** The order of the numbers that two texts stand for, without computing them (NID-5). */
    static int compare(Bytes one, Bytes other) {
        int first = firstCounting(one);
        int second = firstCounting(other);
        int byLength = Integer.compare(one.length() - first, other.length() - second);
        // Digits have the order of their ASCII codes.
        return byLength != 0 ? byLength : one.slice(first, one.length()).compareTo(other.slice(second, other.length()));
    }

    /** Where the digits behind the leading {@code 1} begin (B58-4). */
    private static int firstCounting(Bytes text) {
        int at = 0;
        while (at < text.length() && text.get(at) == DIGITS[0]) {
            at++;
        }
        return at;
    }

    /** The same number as eight words, the most significant first; empty when the text stands for none. */
    public static Optional<long[]> readWords(Bytes text) {
        long[] words = new long[WORDS];
        boolean isText = text.length() <= MAX_LENGTH && !text.isEmpty() && firstWrong(text) == text.length();
        return isText && read(text, words) ? Optional.of(words) : Optional.empty();
    }

    /** Where the first character stands that is no digit, or the length. */
    private static int firstWrong(Bytes text) {
        int at = 0;
        while (at < text.length() && text.get(at) >= 0 && VALUES[text.get(at)] >= 0) {
            at++;
        }
        return at;
    }

    /** Reads digits; whether their number is below 2^512. */
    private static boolean read(Bytes digits, long[] words) {
        for (int at = 0; at < digits.length(); at += READ) {
            int end = Math.min(at + READ, digits.length());
            long group = 0;
            for (int digit = at; digit < end; digit++) {
                group = group * 58 + VALUES[digits.get(digit)];
            }
            if (multiply(words, POWERS[end - at], group) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Multiplies and adds what are both below 2^59; what does not fit. */
    private static long multiply(long[] words, long factor, long summand) {
        long carry = summand;
        for (int at = WORDS - 1; at >= 0; at--) {
            long word = words[at];
            // The high half of a product of signed numbers, mended for a word above 2^63.
            long high = Math.multiplyHigh(word, factor) + (word >> (Long.SIZE - 1) & factor);
            long low = word * factor + carry;
            words[at] = low;
            carry = Long.compareUnsigned(low, carry) < 0 ? high + 1 : high;
        }
        return carry;
    }

    private static Optional<Malformed> tooLong() {
        return refused(ErrorCode.LIMIT, MAX_LENGTH, "more than " + MAX_LENGTH + " bytes");
    }

    private static Optional<Malformed> refused(ErrorCode code, int offset, String detail) {
        return Optional.of(new Malformed(code, offset, detail));
    }
}
