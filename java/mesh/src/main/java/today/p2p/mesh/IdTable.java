package today.p2p.mesh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ids of 32 bytes and when each came, in flat arrays that grow up to a bound. One thread changes it; any thread
 * may ask {@link #holds} meanwhile, without a lock.
 *
 * <p>Whoever asks while a slot gets another id may see words of both. That can hide an id that is there, which
 * costs a reader no more than work; it shows none that never was there, unless that has 128 bits of each.
 */
final class IdTable {
    private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private static final int WORDS = 4;
    private static final int STRIDE = WORDS + 1;
    private static final int FIRST_SLOTS = 64;

    /** Up to so many slots a chain may be as long as they are many: nothing is drawn to shuffle them. */
    private static final int FEW_SLOTS = 1024;

    /** Whoever looks while another thread changes chains could go round in them. */
    private static final int STEPS = 64;

    static final int NONE = -1;

    /** So many fit into an array. */
    static final long MOST = 1 << 28;

    private final int most;
    private final RandomGenerator random;
    private volatile Slots slots = new Slots(FIRST_SLOTS, 0);
    private int free = NONE;
    private int used;

    /**
     * @param most 1..{@link #MOST}
     * @param random for what a peer that chooses ids must not know: which of them share a chain
     */
    IdTable(long most, RandomGenerator random) {
        this.most = (int) most;
        this.random = random;
    }

    /** How many slots there are by now. */
    int capacity() {
        return slots.next.length;
    }

    /** Whether the id at {@code at} came after that moment; for any thread, see above. */
    boolean holds(byte[] bytes, int at, long nanos, long within) {
        Slots now = slots;
        int slot = now.find(bytes, at, STEPS);
        return slot != NONE && nanos - now.arrival(slot) < within;
    }

    /** The slot of an id, or {@link #NONE}. */
    int find(byte[] bytes, int at) {
        return slots.find(bytes, at, Integer.MAX_VALUE);
    }

    /** Adds an id that is not there; its slot. There must be fewer than the most. */
    int add(byte[] bytes, int at, long nanos) {
        int slot = free;
        if (slot != NONE) {
            free = slots.next(slot);
        } else {
            if (used == capacity()) {
                grow();
            }
            slot = used++;
        }
        slots.put(slot, bytes, at, nanos);
        return slot;
    }

    void remove(int slot) {
        slots.unlink(slot);
        slots.next(slot, free);
        free = slot;
    }

    /** When the id in a slot came. */
    long arrival(int slot) {
        return slots.arrival(slot);
    }

    private void grow() {
        int more = (int) Math.min(2L * capacity(), Math.max(most, FIRST_SLOTS));
        Slots larger = new Slots(more, more > FEW_SLOTS ? random.nextLong() : 0);
        larger.take(slots);
        slots = larger;
    }

    /** Chains of slots, one for each head. */
    private static final class Slots {
        private final long[] words;
        private final int[] next;
        private final int[] heads;
        private final long seed;

        Slots(int count, long seed) {
            words = new long[count * STRIDE];
            next = new int[count];
            heads = new int[Integer.highestOneBit(count) * 2];
            Arrays.fill(heads, NONE);
            this.seed = seed;
        }

        /** Takes all ids of a full table, each into its slot. */
        void take(Slots full) {
            System.arraycopy(full.words, 0, words, 0, full.words.length);
            for (int slot = 0; slot < full.next.length; slot++) {
                link(slot);
            }
        }

        int find(byte[] bytes, int at, int steps) {
            long first = (long) BYTES.get(bytes, at);
            long second = (long) BYTES.get(bytes, at + Long.BYTES);
            int slot = (int) INTS.getAcquire(heads, head(first, second));
            for (int step = 0; slot != NONE && step < steps; step++) {
                if (word(slot, 0) == first
                        && word(slot, 1) == second
                        && word(slot, 2) == (long) BYTES.get(bytes, at + 2 * Long.BYTES)
                        && word(slot, 3) == (long) BYTES.get(bytes, at + 3 * Long.BYTES)) {
                    return slot;
                }
                slot = next(slot);
            }
            return NONE;
        }

        void put(int slot, byte[] bytes, int at, long nanos) {
            for (int word = 0; word < WORDS; word++) {
                word(slot, word, (long) BYTES.get(bytes, at + word * Long.BYTES));
            }
            word(slot, WORDS, nanos);
            link(slot);
        }

        void unlink(int slot) {
            int head = head(word(slot, 0), word(slot, 1));
            int before = (int) INTS.getOpaque(heads, head);
            if (before == slot) {
                INTS.setRelease(heads, head, next(slot));
                return;
            }
            while (next(before) != slot) {
                before = next(before);
            }
            next(before, next(slot));
        }

        long arrival(int slot) {
            return word(slot, WORDS);
        }

        int next(int slot) {
            return (int) INTS.getAcquire(next, slot);
        }

        void next(int slot, int following) {
            INTS.setRelease(next, slot, following);
        }

        private void link(int slot) {
            int head = head(word(slot, 0), word(slot, 1));
            next(slot, (int) INTS.getOpaque(heads, head));
            INTS.setRelease(heads, head, slot);
        }

        private int head(long first, long second) {
            long mixed = ((first ^ seed) * 0x9E3779B97F4A7C15L ^ second) * 0xC2B2AE3D27D4EB4FL;
            return (int) (mixed >>> 32) & (heads.length - 1);
        }

        private long word(int slot, int word) {
            return (long) LONGS.getOpaque(words, slot * STRIDE + word);
        }

        private void word(int slot, int word, long value) {
            LONGS.setOpaque(words, slot * STRIDE + word, value);
        }
    }
}
