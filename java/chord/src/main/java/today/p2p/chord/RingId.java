package today.p2p.chord;

import java.math.BigInteger;
import java.util.Objects;
import today.p2p.ids.NodeId;

/**
 * A place on the ring: an integer modulo 2^384, never negative (CHO-1). Immutable.
 *
 * <p>Not comparable: on a ring nothing is larger, only nearer, see {@link #distanceTo}.
 *
 * @param value 0..2^384-1
 */
public record RingId(BigInteger value) {
    /** The ring has 2^384 places. */
    public static final int BITS = 384;

    private static final BigInteger PLACES = BigInteger.TWO.pow(BITS);
    private static final BigInteger MASK = PLACES.subtract(BigInteger.ONE);

    public RingId {
        Objects.requireNonNull(value);
        if (value.signum() < 0 || value.bitLength() > BITS) {
            throw new IllegalArgumentException(value + " is not in 0..2^384-1; RingId.of reduces it");
        }
    }

    /** The place at which any integer counts: the integer modulo 2^384 (CHO-3). */
    public static RingId of(BigInteger number) {
        return new RingId(reduced(number));
    }

    /** Where a node stands (CHO-4). */
    public static RingId of(NodeId node) {
        return of(node.number());
    }

    /**
     * How far it is from here to {@code other} in the direction of growing numbers: 0..2^384-1
     * (CHO-1).
     */
    public BigInteger distanceTo(RingId other) {
        BigInteger ahead = other.value.subtract(value);
        // Both are on the ring, so once around is enough; routing asks this for every member.
        return ahead.signum() < 0 ? ahead.add(PLACES) : ahead;
    }

    private static BigInteger reduced(BigInteger number) {
        // Two's complement without end: the low bits of a negative number are those of its
        // remainder.
        return number.and(MASK);
    }

    @Override
    public String toString() {
        return value.toString(16);
    }
}
