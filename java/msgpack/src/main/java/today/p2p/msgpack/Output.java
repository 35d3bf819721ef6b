package today.p2p.msgpack;

import java.nio.BufferOverflowException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Packs msgpack in its shortest forms (MPK-12, MPK-13) into an array of the caller, or into one of its own
 * that grows. Not thread-safe.
 */
final class Output {
    /** Headroom below the largest Java array, so that sums of a length and a header do not overflow. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 1024;

    /*
     * One copy of 4096 bytes or more slows the SHA-256 that follows it by an eighth on the processors that
     * were measured; the same bytes in smaller pieces do not.
     */
    private static final int PIECE = 2048;

    private static final int FIRST_CAPACITY = 512;
    private static final int KEPT_CAPACITY = 65536;

    private byte[] own = {};
    private byte[] bytes = own;
    private int at;
    private boolean isOwn;
    private boolean isBroken;

    /** Writes into {@code target} from {@code from} on. */
    void into(byte[] target, int from) {
        bytes = target;
        at = from;
        isOwn = false;
        isBroken = false;
    }

    /** Writes into the array of its own, from its start on. */
    void intoOwn() {
        bytes = own;
        at = 0;
        isOwn = true;
        isBroken = false;
    }

    /** Lets go of the array, and of the memory that a large message took. */
    void release() {
        own = own.length > KEPT_CAPACITY ? new byte[0] : own;
        bytes = own;
    }

    /** Whether an item was refused when a part of it may have been written. */
    boolean isBroken() {
        return isBroken;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    /** Leaves room for bytes that are filled in later. */
    void skip(int length) {
        reserve(length);
        at += length;
    }

    /** Makes sure that {@code length} more bytes fit. */
    void reserve(int length) {
        if (bytes.length - at < length) {
            grow(length);
        }
    }

    void putByte(int value) {
        reserve(1);
        bytes[at++] = (byte) value;
    }

    void putLong(long value) {
        reserve(9);
        if (value >= -32 && value < 128) {
            bytes[at++] = (byte) value;
        } else if (value < 0) {
            putNegative(value);
        } else {
            putPositive(value);
        }
    }

    /** An integer 0..2^64-1 whose 64 bits are {@code bits}. */
    void putUnsigned(long bits) {
        if (bits >= 0) {
            putLong(bits);
        } else {
            putBig(Format.UINT64, bits);
        }
    }

    void putDouble(double value) {
        putBig(Format.FLOAT64, Double.doubleToRawLongBits(value));
    }

    void putTextHeader(int length) {
        if (length < 32) {
            putByte(Format.FIXSTR | length);
        } else if (length < 256) {
            put8(Format.STR8, length);
        } else {
            put16or32(Format.STR16, length);
        }
    }

    void putBinaryHeader(int length) {
        if (length < 256) {
            put8(Format.BIN8, length);
        } else {
            put16or32(Format.BIN16, length);
        }
    }

    void putExtHeader(int type, int length) {
        if (length >= 1 && length <= 16 && Integer.bitCount(length) == 1) {
            putByte(Format.FIXEXT1 + Integer.numberOfTrailingZeros(length));
        } else if (length < 256) {
            put8(Format.EXT8, length);
        } else {
            put16or32(Format.EXT16, length);
        }
        putByte(type);
    }

    void putArrayHeader(int items) {
        if (items < 16) {
            putByte(Format.FIXARRAY | items);
        } else {
            put16or32(Format.ARRAY16, items);
        }
    }

    void putMapHeader(int entries) {
        if (entries < 16) {
            putByte(Format.FIXMAP | entries);
        } else {
            put16or32(Format.MAP16, entries);
        }
    }

    void putText(String text) {
        int chars = text.length();
        if (!isAscii(text, chars)) {
            putOtherText(text);
            return;
        }
        putTextHeader(chars);
        reserve(chars);
        copyAscii(text, chars, bytes, at);
        at += chars;
    }

    /** One pass that looks and one that copies are faster than one that does both: each is vectorised. */
    private static boolean isAscii(String text, int chars) {
        int bits = 0;
        for (int index = 0; index < chars; index++) {
            bits |= text.charAt(index);
        }
        return bits < 0x80;
    }

    @SuppressWarnings("deprecation") // It takes the low byte of each char, which is all of it here.
    private static void copyAscii(String text, int chars, byte[] target, int to) {
        text.getBytes(0, chars, target, to);
    }

    /** Bytes without a header. */
    void putBytes(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, at, length);
        at += length;
    }

    /** As {@link #putBytes}, adding what was copied to {@code digest} while it is in the cache. */
    void putAndHash(byte[] source, int from, int length, MessageDigest digest) {
        reserve(length);
        for (int done = 0; done < length; done += PIECE) {
            int piece = Math.min(PIECE, length - done);
            System.arraycopy(source, from + done, bytes, at, piece);
            digest.update(bytes, at, piece);
            at += piece;
        }
    }

    /** Text that is not ASCII: its length must be known before its header is written. */
    private void putOtherText(String text) {
        int length = Utf8.length(text);
        putTextHeader(length);
        reserve(length);
        isBroken = true;
        at = Utf8.encode(text, bytes, at);
        isBroken = false;
    }

    private void putPositive(long value) {
        if (value < 0x100) {
            bytes[at] = (byte) Format.UINT8;
            bytes[at + 1] = (byte) value;
            at += 2;
        } else if (value < 0x10000) {
            bytes[at] = (byte) Format.UINT16;
            BigEndian.put16(bytes, at + 1, (int) value);
            at += 3;
        } else if (value < 0x100000000L) {
            bytes[at] = (byte) Format.UINT32;
            BigEndian.put32(bytes, at + 1, (int) value);
            at += 5;
        } else {
            putBig(Format.UINT64, value);
        }
    }

    private void putNegative(long value) {
        if (value == (byte) value) {
            bytes[at] = (byte) Format.INT8;
            bytes[at + 1] = (byte) value;
            at += 2;
        } else if (value == (short) value) {
            bytes[at] = (byte) Format.INT16;
            BigEndian.put16(bytes, at + 1, (int) value);
            at += 3;
        } else if (value == (int) value) {
            bytes[at] = (byte) Format.INT32;
            BigEndian.put32(bytes, at + 1, (int) value);
            at += 5;
        } else {
            putBig(Format.INT64, value);
        }
    }

    private void putBig(int format, long bits) {
        reserve(9);
        bytes[at] = (byte) format;
        BigEndian.put64(bytes, at + 1, bits);
        at += 9;
    }

    private void put8(int format, int value) {
        reserve(2);
        bytes[at] = (byte) format;
        bytes[at + 1] = (byte) value;
        at += 2;
    }

    /** The form of 16 bits is {@code format}, that of 32 the next. */
    private void put16or32(int format, int value) {
        reserve(5);
        if (value < 0x10000) {
            bytes[at] = (byte) format;
            BigEndian.put16(bytes, at + 1, value);
            at += 3;
        } else {
            bytes[at] = (byte) (format + 1);
            BigEndian.put32(bytes, at + 1, value);
            at += 5;
        }
    }

    private void grow(int length) {
        isBroken = true;
        if (!isOwn) {
            throw new BufferOverflowException();
        }
        long wanted = Math.max((long) at + length, Math.max(FIRST_CAPACITY, 2L * bytes.length));
        if (at + (long) length > MAX_ARRAY) {
            throw new NotEncodableException(ErrorCode.LIMIT, "a message above 2^31-1025 bytes");
        }
        own = Arrays.copyOf(bytes, (int) Math.min(wanted, MAX_ARRAY));
        bytes = own;
        isBroken = false;
    }
}
