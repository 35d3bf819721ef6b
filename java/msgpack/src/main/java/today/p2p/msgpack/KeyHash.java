package today.p2p.msgpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes of values, the same for all forms of one value (MPK-2), under a seed that the sender of a message
 * cannot choose. Reusable, not thread-safe.
 */
final class KeyHash {
    /*
     * How it works. Words are folded with the 128-bit product of a 64x64-bit multiplication, high half xor
     * low half. The seeds are words of the message id, so that whoever looks for keys that collide changes
     * the seeds with every key that he changes.
     */
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private long seed;
    private long multiplier = ODD;

    /** Takes two words of the 32 bytes of an id: {@code lane} 0 and 1 give independent hashes. */
    void seed(byte[] id, int offset, int lane) {
        seed = (long) LONG.get(id, offset + 16 * lane);
        multiplier = (long) LONG.get(id, offset + 16 * lane + 8) ^ ODD;
    }

    /** The hash of a scalar. */
    long ofScalar(byte[] bytes, Token token) {
        return switch (token.kind()) {
            case TEXT, BINARY -> ofBytes(bytes, token.dataAt, token.length, start(token.kind(), 0));
            case EXT -> ofBytes(bytes, token.dataAt, token.length, start(token.kind(), token.number));
            case INT -> start(token.kind(), token.number) + (token.isAboveLong ? ODD : 0);
            case NIL -> start(token.kind(), 0);
            case BOOL, FLOAT -> start(token.kind(), token.number);
            case ARRAY, MAP -> throw new IllegalArgumentException("not a scalar");
        };
    }

    /** The hash with which the items of an array or the entries of a map are then combined. */
    long ofContainer(Token token) {
        return start(token.kind(), token.length);
    }

    /** Adds one more hash to one: the order counts. */
    long then(long hash, long next) {
        return fold(hash ^ next, multiplier);
    }

    private long start(Value.Kind kind, long number) {
        return fold(seed ^ number, multiplier + 2L * kind.ordinal());
    }

    private long ofBytes(byte[] bytes, int from, int length, long start) {
        long hash = start ^ length;
        int at = from;
        int to = from + length;
        while (to - at >= 8) {
            hash = fold(hash ^ (long) LONG.get(bytes, at), multiplier);
            at += 8;
        }
        // The last eight bytes less those already read: a message has a checksum in front of it.
        int rest = to - at;
        long last = rest == 0 ? 0 : (long) LONG.get(bytes, to - 8) >>> Long.SIZE - 8 * rest;
        return fold(hash ^ last, multiplier);
    }

    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }

    /** The hash of one whole value of checked msgpack, without recursion. Reusable, not thread-safe. */
    static final class Fingerprint {
        private final int[] left = new int[MsgpackCheck.MAX_DEPTH + 1];
        private final Token token = new Token();
        private final KeyHash hash;
        private final Stack stack;

        Fingerprint(KeyHash hash) {
            this.hash = hash;
            stack = new Stack(hash);
        }

        /** The hash of the item at {@code from}. */
        long of(byte[] bytes, int from) {
            stack.clear();
            int depth = 0;
            int at = from;
            while (true) {
                token.read(bytes, at);
                at = token.next;
                long item;
                if (token.isContainer()) {
                    stack.open(token);
                    left[depth++] = token.children();
                    if (token.length > 0) {
                        continue;
                    }
                    item = stack.close();
                    depth--;
                } else {
                    item = hash.ofScalar(bytes, token);
                }
                while (depth > 0) {
                    stack.add(item);
                    if (--left[depth - 1] > 0) {
                        break;
                    }
                    item = stack.close();
                    depth--;
                }
                if (depth == 0) {
                    return item;
                }
            }
        }
    }

    /**
     * Hashes of nested arrays and maps, built from the inside out without recursion. An array's depends on the
     * order of its items, a map's does not on that of its entries (MPK-9). Reusable, not thread-safe.
     */
    static final class Stack {
        private final long[] starts;
        private final long[] sums;
        private final long[] keys;
        private final boolean[] isMap;
        private final boolean[] hasKey;
        private final KeyHash hash;
        private int depth;

        Stack(KeyHash hash) {
            this.hash = hash;
            int levels = MsgpackCheck.MAX_DEPTH + 1;
            starts = new long[levels];
            sums = new long[levels];
            keys = new long[levels];
            isMap = new boolean[levels];
            hasKey = new boolean[levels];
        }

        void clear() {
            depth = 0;
        }

        boolean isEmpty() {
            return depth == 0;
        }

        /** Begins the array or map whose header {@code token} is. */
        void open(Token token) {
            starts[depth] = hash.ofContainer(token);
            sums[depth] = 0;
            isMap[depth] = token.kind() == Value.Kind.MAP;
            hasKey[depth] = false;
            depth++;
        }

        /** Adds the hash of one complete item to the innermost container. */
        void add(long item) {
            int level = depth - 1;
            if (!isMap[level]) {
                starts[level] = hash.then(starts[level], item);
            } else if (!hasKey[level]) {
                keys[level] = item;
                hasKey[level] = true;
            } else {
                sums[level] += hash.then(keys[level], item);
                hasKey[level] = false;
            }
        }

        /** Ends the innermost container; its hash. */
        long close() {
            depth--;
            return hash.then(starts[depth], sums[depth]);
        }
    }
}
