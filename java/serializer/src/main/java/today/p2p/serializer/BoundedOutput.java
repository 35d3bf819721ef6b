package today.p2p.serializer;

import java.util.Arrays;
import java.util.Objects;
import today.p2p.msgpack.Bytes;

/**
 * Where a codec writes: an array that grows as bytes arrive and stops at a limit (CMP-3), so that the rule
 * against bombs stands in one place for all codecs.
 *
 * <p>A decompressor asks for room with {@link #reserve}, writes into {@link #array} at {@link #position},
 * tells how much it wrote with {@link #advance}, and stops as soon as {@link #passed}. One byte more than
 * the limit can be written, so that a stream which ends exactly at the limit differs from one that goes on.
 *
 * <p>Not thread-safe. The array is the output's own; it is replaced when it grows.
 */
public final class BoundedOutput {
    private static final int FIRST_RESERVATION = 4096;

    /** From here on the array grows fourfold: fewer large arrays in turn, which a small heap has no room for. */
    private static final int LARGE = 1 << 20;

    private static final byte[] NOTHING = {};

    private final int headroom;
    private byte[] array = NOTHING;
    private int position;
    private int limit;

    /** An empty output that passes its limit with byte number {@code limit + 1}. */
    public BoundedOutput(int limit) {
        this(0, limit);
    }

    /** Leaves {@code headroom} bytes free at the start of the array, for a header. */
    BoundedOutput(int headroom, int limit) {
        this.headroom = headroom;
        restart(limit);
    }

    /** Forgets what was written, keeps the array, and sets a new limit. */
    void restart(int newLimit) {
        if (newLimit < 0 || newLimit > Limits.MAX_ARRAY - headroom) {
            throw new IllegalArgumentException("limit " + newLimit + " is not in 0..2^31-1025");
        }
        limit = newLimit;
        position = headroom;
    }

    /** Gives a large array back, so that one large frame does not stay in memory for ever. */
    void shrinkTo(int capacity) {
        if (array.length > capacity) {
            array = NOTHING;
        }
    }

    /** The most bytes that this output accepts. */
    public int limit() {
        return limit;
    }

    /** How many bytes were written, at most {@code limit() + 1}. */
    public int size() {
        return position - headroom;
    }

    /** Whether more was written than the limit allows; what was written is then of no use. */
    public boolean passed() {
        return size() > limit;
    }

    /**
     * Makes room for at least one more byte, and for up to {@code wish} as far as the array may grow in one
     * step.
     *
     * @return how many bytes may now be written into {@link #array} at {@link #position}; 0 only when
     *     {@link #passed}
     */
    public int reserve(int wish) {
        if (array.length - position < wish) {
            grow((int) Math.min(oneStep(), (long) position + wish));
        }
        return Math.min(array.length, ceiling()) - position;
    }

    /**
     * Makes room for {@code exactly} more bytes at once, for a decoder that needs its whole output in one
     * piece. Call it only when {@code exactly} is within what the format can inflate the bytes at hand to;
     * a number that the stream claims is not enough.
     *
     * @return false, and nothing reserved, when that is past the limit
     */
    public boolean reserveExactly(int exactly) {
        if (exactly < 0 || exactly > limit - size()) {
            return false;
        }
        if (array.length - position < exactly) {
            array = Arrays.copyOf(array, position + exactly);
        }
        return true;
    }

    /** The array to write into. Ask again after each {@link #reserve} or {@link #write}. */
    public byte[] array() {
        return array;
    }

    /** Where in {@link #array} the next byte goes. */
    public int position() {
        return position;
    }

    /** Counts {@code written} bytes that were put into the array at {@link #position}. */
    public void advance(int written) {
        Objects.checkFromIndexSize(position, written, Math.min(array.length, ceiling()));
        position += written;
    }

    /** Appends bytes. Returns false, and nothing was appended, when they pass the limit. */
    public boolean write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length > limit - size()) {
            position = ceiling();
            return false;
        }
        if (array.length - position < length) {
            grow((int) Math.min(ceiling(), Math.max(oneStep(), (long) position + length)));
        }
        System.arraycopy(source, offset, array, position, length);
        position += length;
        return true;
    }

    /**
     * Appends {@code length} bytes that begin {@code distance} before the end, as LZ codecs do; they may overlap
     * what they make. Returns false, and nothing was appended, when they pass the limit.
     *
     * @throws IndexOutOfBoundsException if {@code distance} is not in 1..{@link #size}
     */
    public boolean repeat(int distance, int length) {
        Objects.checkIndex(distance - 1, size());
        int from = position - distance;
        int room = Math.max(0, length);
        if (room > limit - size()) {
            position = ceiling();
            return false;
        }
        if (array.length - position < room) {
            grow((int) Math.min(ceiling(), Math.max(oneStep(), (long) position + room)));
        }
        int end = position + room;
        // Each round copies all there is behind `from`, so that an overlapping run doubles.
        while (position < end) {
            int piece = Math.min(position - from, end - position);
            System.arraycopy(array, from, array, position, piece);
            position += piece;
        }
        return true;
    }

    /** Appends one byte. Returns false, and nothing was appended, when it passes the limit. */
    public boolean write(int b) {
        if (reserve(1) == 0 || size() == limit) {
            position = ceiling();
            return false;
        }
        array[position++] = (byte) b;
        return true;
    }

    /** A copy of what was written. */
    public Bytes toBytes() {
        return Bytes.copyOf(array, headroom, size());
    }

    private int ceiling() {
        return headroom + limit + 1;
    }

    private long oneStep() {
        return Math.max(FIRST_RESERVATION, (array.length < LARGE ? 2L : 4L) * array.length);
    }

    private void grow(int capacity) {
        int bounded = Math.min(ceiling(), capacity);
        if (bounded > array.length) {
            array = Arrays.copyOf(array, bounded);
        }
    }
}
