package today.p2p.sync;

import today.p2p.kernel.Size;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/**
 * What a table holds for a key (SYN-1). Immutable; each write makes another one, so two of them are equal only
 * if they are the same.
 */
public final class TableEntry {
    private static final int FIXED_COST = 128;
    private static final int ITEM_COST = 32;

    private final Bytes key;
    private final Value value;
    private final Value.ByteString owner;
    private final long time;

    TableEntry(Bytes key, Value value, Value.ByteString owner, long time) {
        this.key = key;
        this.value = value;
        this.owner = owner;
        this.time = time;
    }

    /** The key. */
    public Bytes key() {
        return key;
    }

    /** The value; never nil. */
    public Value value() {
        return value;
    }

    /** Who wrote it: a node id, claimed and unproved, in the msgpack type with which it came. */
    public Value.ByteString owner() {
        return owner;
    }

    /** When it was written: seconds since 1970 by its owner's clock. */
    public long time() {
        return time;
    }

    /** What it costs, in bytes (SYN-10). Looks through the value: a field for it would be a part of what it counts. */
    public int cost() {
        Size size = Size.of(value);
        long whole = FIXED_COST + key.length() + owner.bytes().length() + size.bytes() + ITEM_COST * size.items();
        return (int) Math.min(whole, Integer.MAX_VALUE);
    }

    Revision revision() {
        return new Revision(owner.bytes(), time);
    }

    @Override
    public String toString() {
        return key.utf8() + " = " + value + " by " + owner + " at " + time;
    }
}
