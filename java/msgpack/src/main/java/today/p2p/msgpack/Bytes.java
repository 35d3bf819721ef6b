package today.p2p.msgpack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable string of bytes, ordered as unsigned numbers byte by byte, a prefix first.
 *
 * <p>It may be a window into a larger array that it shares with other values of one message; that array is
 * handed out through {@link Shared} alone. {@link #compact} lets go of the rest of it. Safe for use by several threads.
 */
public final class Bytes implements Comparable<Bytes> {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A copy of {@code bytes}. */
    public static Bytes of(byte... bytes) {
        return copyOf(bytes, 0, bytes.length);
    }

    /** A copy of {@code length} bytes at {@code offset}. */
    public static Bytes copyOf(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }

    /** A copy of the buffer's remaining bytes; its position stays. */
    public static Bytes copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return wrap(copy, 0, copy.length);
    }

    /** The bytes that pairs of hexadecimal digits stand for; upper and lower case, no separators. */
    public static Bytes ofHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return wrap(bytes, 0, bytes.length);
    }

    /**
     * The UTF-8 of {@code text}.
     *
     * @throws NotEncodableException TEXT, if it has a surrogate without its partner (MPK-15)
     */
    public static Bytes ofUtf8(String text) {
        byte[] bytes = Utf8.encode(text);
        return wrap(bytes, 0, bytes.length);
    }

    /** A window that shares {@code array}: for arrays that nobody changes any more. */
    static Bytes wrap(byte[] array, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /** How many bytes. */
    public int length() {
        return length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at {@code index}, -128..127. */
    public byte get(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** The bytes from {@code from} to before {@code to}, sharing memory with these. */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return wrap(array, offset + from, to - from);
    }

    /** Equal bytes that hold on to no more memory than their own. */
    public Bytes compact() {
        return array.length == length ? this : copyOf(array, offset, length);
    }

    /** A copy as an array. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Copies all bytes to {@code target} from {@code at} on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    /** A read-only buffer over these bytes, big-endian. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN);
    }

    /** Two lower-case hexadecimal digits a byte. */
    public String hex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    /** The text of which these bytes are the UTF-8; U+FFFD where they are not well-formed. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** Whether these bytes are well-formed UTF-8 (MPK-8). */
    public boolean isUtf8() {
        return Utf8.isWellFormed(array, offset, offset + length);
    }

    /** The SHA-256 of these bytes, 32 bytes. */
    public Bytes sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(array, offset, length);
            byte[] hash = digest.digest();
            return wrap(hash, 0, hash.length);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int at = offset; at < offset + length; at++) {
            hash = 31 * hash + array[at];
        }
        return hash;
    }

    /** The {@link #hex} of the bytes. */
    @Override
    public String toString() {
        return hex();
    }

    /**
     * The door to the arrays below, for whoever reads and writes frames without copying them. Who goes
     * through it promises that nobody changes the array any more.
     */
    public static final class Shared {
        private Shared() {}

        /** A window of {@code length} bytes at {@code offset} that shares {@code array}. */
        public static Bytes wrap(byte[] array, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, array.length);
            return Bytes.wrap(array, offset, length);
        }

        /** The array that {@code bytes} are a window of. */
        public static byte[] array(Bytes bytes) {
            return bytes.array;
        }

        /** Where in {@link #array} the window begins. */
        public static int offset(Bytes bytes) {
            return bytes.offset;
        }
    }
}
