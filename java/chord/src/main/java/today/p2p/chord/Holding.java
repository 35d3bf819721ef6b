package today.p2p.chord;

import today.p2p.kernel.Size;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;

/** What a node holds at one position, as its owner or as a copy, and who else is known to hold it. */
final class Holding {
    private static final int FIXED_COST = 256;
    private static final int ITEM_COST = 32;

    private static final long[] NOBODY = {};

    final Position position;
    final RingId place;
    /** The term of the owner that was seen to hold the position (CRD-27); 0 when none was. */
    long confirmed;
    /** Whether the owner is being asked. */
    boolean isChecked;

    /** Whether it is only kept for a while, and since when (CRD-28). */
    private boolean isSpare;

    private long spareSince;

    /** The terms of the peers that were sent this value (CRD-26). */
    private long[] copied = NOBODY;

    private Value value = Value.nil();
    private long cost;

    Holding(Position position) {
        this.position = position;
        place = position.place();
    }

    /** What it would cost with a value (CRD-10). */
    static long cost(Value value) {
        if (value instanceof Value.ByteString) {
            return FIXED_COST + Size.bytes(value);
        }
        Size size = Size.of(value);
        return FIXED_COST + size.bytes() + ITEM_COST * size.items();
    }

    Value value() {
        return value;
    }

    void set(Value newValue) {
        value = newValue;
        cost = cost(newValue);
        copied = NOBODY;
        confirmed = 0;
    }

    boolean isCopied(long term) {
        for (long one : copied) {
            if (one == term) {
                return true;
            }
        }
        return false;
    }

    /** These have been sent this value, and nobody else who is to have it. */
    void copied(long[] terms) {
        copied = terms;
    }

    /** Whoever is to have this value is sent it again. */
    void copyAgain() {
        copied = NOBODY;
    }

    /** This node is to hold it. */
    void isNeeded() {
        isSpare = false;
    }

    /** This node is no longer to hold it; whether that has been so for a while. */
    boolean isSpare(Time now, long whileNanos) {
        if (!isSpare) {
            isSpare = true;
            spareSince = now.nanos();
        }
        return now.since(spareSince) >= whileNanos;
    }

    long cost() {
        return cost;
    }
}
