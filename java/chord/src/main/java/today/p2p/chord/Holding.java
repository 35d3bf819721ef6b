package today.p2p.chord;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Size;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;

/** What a node holds at one position, as its owner or as a copy, and who else is known to hold it. */
final class Holding {
    private static final int FIXED_COST = 256;
    private static final int ITEM_COST = 32;

    final Position position;
    final RingId place;
    /** Peers that were sent this value over links that are still open (CRD-26). */
    final Set<LinkId> copied = new HashSet<>();
    /** The owner, when it was seen to hold the position (CRD-27). */
    @Nullable
    LinkId confirmed;
    /** Whether the owner is being asked. */
    boolean isChecked;

    /** Whether it is only kept for a while, and since when (CRD-28). */
    private boolean isSpare;

    private long spareSince;

    private Value value = Value.nil();
    private long cost;

    Holding(Position position) {
        this.position = position;
        place = position.place();
    }

    /** What it would cost with a value (CRD-10). */
    static long cost(Value value) {
        Size size = Size.of(value);
        return FIXED_COST + size.bytes() + ITEM_COST * size.items();
    }

    Value value() {
        return value;
    }

    void set(Value newValue) {
        value = newValue;
        cost = cost(newValue);
        copied.clear();
        confirmed = null;
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
