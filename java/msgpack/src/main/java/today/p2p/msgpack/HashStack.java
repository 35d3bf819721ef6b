package today.p2p.msgpack;

/**
 * Hashes of nested arrays and maps, built from the inside out without recursion. An array's depends on the
 * order of its items, a map's does not on that of its entries (MPK-9). Reusable, not thread-safe.
 */
final class HashStack {
    private final long[] starts;
    private final long[] sums;
    private final long[] keys;
    private final boolean[] isMap;
    private final boolean[] hasKey;
    private final KeyHash hash;
    private int depth;

    HashStack(KeyHash hash) {
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
