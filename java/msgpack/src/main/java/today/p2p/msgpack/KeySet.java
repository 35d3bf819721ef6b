package today.p2p.msgpack;

import java.util.Arrays;

/**
 * The keys of one map that is being walked, by where they begin in the message. Reusable, not thread-safe.
 */
final class KeySet {
    /*
     * How it works. Up to 8 keys are compared one by one. More go into an open-addressed table with one int
     * for each key and an eighth more, so that it is no larger than the map: the low bits of a slot are the
     * index of the key, the others a tag of its hash, which spares most comparisons. The table is made for
     * the true number of keys, which the scan has counted.
     */
    static final int FEW = 8;
    private static final int[] NO_SLOTS = {};

    private final int[] fewAt = new int[FEW];
    private final long[] fewHash = new long[FEW];
    private int[] slots = NO_SLOTS;
    private int capacity;
    private int indexBits;
    private int count;
    private boolean isFew;

    /** Begins a map of {@code keys} keys, in a message of {@code bytes}. */
    void begin(int keys, int bytes) {
        count = 0;
        isFew = keys <= FEW;
        if (isFew) {
            return;
        }
        capacity = keys + keys / 8 + 1;
        indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(bytes);
        if (slots.length < capacity) {
            slots = new int[capacity];
        } else {
            Arrays.fill(slots, 0, capacity, 0);
        }
    }

    /**
     * Adds the key that begins {@code at} bytes after the start of the message.
     *
     * @return whether an equal one was there
     */
    boolean add(int at, long hash, Equality equality) {
        return isFew ? addToFew(at, hash, equality) : addToSlots(at, hash, equality);
    }

    /** Gives the memory of a large map back. */
    void shrinkTo(int keys) {
        if (slots.length > keys) {
            slots = NO_SLOTS;
        }
    }

    private boolean addToFew(int at, long hash, Equality equality) {
        for (int index = 0; index < count; index++) {
            if (fewHash[index] == hash && equality.areSame(fewAt[index], at)) {
                return true;
            }
        }
        fewAt[count] = at;
        fewHash[count++] = hash;
        return false;
    }

    private boolean addToSlots(int at, long hash, Equality equality) {
        int tag = (int) hash << indexBits;
        int mask = -1 << indexBits;
        int slot = (int) ((hash >>> 32) * capacity >>> 32);
        while (slots[slot] != 0) {
            int taken = slots[slot];
            if ((taken & mask) == tag && equality.areSame(taken & ~mask, at)) {
                return true;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
        slots[slot] = tag | at;
        return false;
    }

    /** Whether the keys that begin at two places are the same value. */
    interface Equality {
        boolean areSame(int earlier, int later);
    }
}
