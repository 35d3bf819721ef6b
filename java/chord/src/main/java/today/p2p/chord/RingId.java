package today.p2p.chord;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;

/**
 * A place on the ring: an integer modulo 2^384, never negative (CHO-1). Immutable.
 *
 * <p>Not comparable: on a ring nothing is larger, only nearer, see {@link #distanceTo}.
 */
public final class RingId {
    /** The ring has 2^384 places. */
    public static final int BITS = 384;

    private static final int WORDS = BITS / Long.SIZE;
    private static final BigInteger PLACES = BigInteger.TWO.pow(BITS);

    /** The most significant first. */
    private final long[] words;

    private RingId(long[] words) {
        this.words = words;
    }

    /** The place of a number 0..2^384-1. */
    public RingId(BigInteger value) {
        this(wordsOf(value));
        if (value.signum() < 0 || value.bitLength() > BITS) {
            throw new IllegalArgumentException(value + " is not in 0..2^384-1; RingId.of reduces it");
        }
    }

    /** The place at which any integer counts: the integer modulo 2^384 (CHO-3). */
    public static RingId of(BigInteger number) {
        return new RingId(wordsOf(number));
    }

    /** Where a node stands (CHO-4). */
    public static RingId of(NodeId node) {
        return of(node.number());
    }

    /** The place of a number of at least six words, the most significant first. */
    static RingId ofWords(long[] number) {
        return new RingId(Arrays.copyOfRange(number, number.length - WORDS, number.length));
    }

    /** The number, 0..2^384-1. */
    public BigInteger value() {
        ByteBuffer bigEndian = ByteBuffer.allocate(WORDS * Long.BYTES);
        bigEndian.asLongBuffer().put(words);
        return new BigInteger(1, bigEndian.array());
    }

    /**
     * How far it is from here to {@code other} in the direction of growing numbers: 0..2^384-1
     * (CHO-1).
     */
    public BigInteger distanceTo(RingId other) {
        BigInteger ahead = other.value().subtract(value());
        return ahead.signum() < 0 ? ahead.add(PLACES) : ahead;
    }

    /** Which of two numbers is the larger, as {@link Comparable#compareTo} says it: the order in which the ring is kept. */
    int compareNumber(RingId other) {
        for (int at = 0; at < WORDS; at++) {
            if (words[at] != other.words[at]) {
                return Long.compareUnsigned(words[at], other.words[at]);
            }
        }
        return 0;
    }

    /** Whether it is less far from {@code one} to here than from {@code other}; without the distances. */
    boolean isNearer(RingId one, RingId other) {
        boolean isBehind = one.compareNumber(this) <= 0;
        // Whoever has a larger number is more than all of the way from zero to here away.
        return isBehind == other.compareNumber(this) <= 0 ? one.compareNumber(other) > 0 : isBehind;
    }

    private static long[] wordsOf(BigInteger number) {
        // Two's complement without end: the low bits of a negative number are those of its remainder.
        long[] words = new long[WORDS];
        for (int at = 0; at < WORDS; at++) {
            words[at] = number.shiftRight(Long.SIZE * (WORDS - 1 - at)).longValue();
        }
        return words;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RingId that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return value().toString(16);
    }
}
