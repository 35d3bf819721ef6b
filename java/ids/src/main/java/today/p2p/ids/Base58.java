package today.p2p.ids;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;

/*
 * How it works. Ten digits are one number of 58^10, which is below 2^59, so that the arithmetic on
 * big numbers is done once in ten digits and the rest on longs.
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

    private static final int GROUP = 10;
    private static final long GROUP_VALUE = power(GROUP);
    private static final BigInteger BIG_GROUP_VALUE = BigInteger.valueOf(GROUP_VALUE);

    private static final int MOST_BITS = 512;
    private static final int MOST_DIGITS = 88;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < DIGITS.length; value++) {
            VALUES[DIGITS[value]] = (byte) value;
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
        byte[] text = new byte[MOST_DIGITS];
        int at = MOST_DIGITS;
        BigInteger rest = number;
        while (rest.bitLength() >= Long.SIZE) {
            BigInteger[] parts = rest.divideAndRemainder(BIG_GROUP_VALUE);
            rest = parts[0];
            long group = parts[1].longValue();
            for (int i = 0; i < GROUP; i++) {
                text[--at] = DIGITS[(int) (group % 58)];
                group /= 58;
            }
        }
        long last = rest.longValue();
        do {
            text[--at] = DIGITS[(int) (last % 58)];
            last /= 58;
        } while (last != 0);
        return new String(text, at, MOST_DIGITS - at, StandardCharsets.US_ASCII);
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
            return tooLong();
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length > MAX_LENGTH ? tooLong() : readShort(utf8);
    }

    /** As {@link #read(String)}, for text that came as the bytes of its UTF-8. */
    public static Parsed<BigInteger> read(Bytes text) {
        return text.length() > MAX_LENGTH ? tooLong() : readShort(text.toArray());
    }

    private static Parsed<BigInteger> readShort(byte[] text) {
        if (text.length == 0) {
            return refused(ErrorCode.BASE58, 0, "no digits");
        }
        BigInteger number = BigInteger.ZERO;
        long group = 0;
        for (int at = 0; at < text.length; at++) {
            int value = text[at] < 0 ? -1 : VALUES[text[at]];
            if (value < 0) {
                return refused(ErrorCode.BASE58, at, "a character that is no base58 digit");
            }
            group = group * 58 + value;
            if (at % GROUP == GROUP - 1) {
                number = number.multiply(BIG_GROUP_VALUE).add(BigInteger.valueOf(group));
                group = 0;
            }
        }
        BigInteger rest = BigInteger.valueOf(power(text.length % GROUP));
        number = number.multiply(rest).add(BigInteger.valueOf(group));
        return number.bitLength() > MOST_BITS
                ? refused(ErrorCode.RANGE, 0, "a number of 2^512 or more")
                : new Parsed.Sound<>(number);
    }

    private static Parsed<BigInteger> tooLong() {
        return refused(ErrorCode.LIMIT, MAX_LENGTH, "more than " + MAX_LENGTH + " bytes");
    }

    private static Parsed<BigInteger> refused(ErrorCode code, int offset, String detail) {
        return new Parsed.Refused<>(new Malformed(code, offset, detail));
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 58;
        }
        return power;
    }
}
