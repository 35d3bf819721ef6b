package today.p2p.msgpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first key that repeats an earlier one of its map (MPK-9), in msgpack that {@link Scanner} has
 * walked. Reusable, not thread-safe.
 */
final class KeyCheck implements KeySet.Equality {
    /*
     * How it works. One pass over the items, without recursion, with a set of keys for each open map of two
     * entries or more. The hash of a key that is itself an array or map is built up on the way (KeyHash.Stack),
     * so that a byte is hashed once however deep it lies in keys of keys. Two such keys with one hash are
     * then compared by two hashes of 64 bits with independent seeds: an exact comparison of maps whose
     * entries stand in different orders would need memory or time that a stranger chooses.
     */
    private static final int KEPT_KEYS = 1024;
    private static final int NOT_FOUND = -1;
    private static final byte[] NO_BYTES = {};

    private final int[] left = new int[MsgpackCheck.MAX_DEPTH + 1];
    private final FlatMap flatMap = new FlatMap();
    private final int[] keyAt = new int[MsgpackCheck.MAX_DEPTH + 1];
    private final boolean[] isChecked = new boolean[MsgpackCheck.MAX_DEPTH + 1];
    private final @Nullable KeySet[] sets = new KeySet[MsgpackCheck.MAX_DEPTH + 1];
    private final byte[] sizes = Format.fixedSizes(true);
    private final Token token = new Token();
    private final Token earlierKey = new Token();
    private final Token laterKey = new Token();
    private final KeyHash hash = new KeyHash();
    private final KeyHash otherHash = new KeyHash();
    private final KeyHash.Stack stack = new KeyHash.Stack(hash);
    private final KeyHash.Fingerprint fingerprint = new KeyHash.Fingerprint(hash);
    private final KeyHash.Fingerprint otherFingerprint = new KeyHash.Fingerprint(otherHash);

    private byte[] bytes = NO_BYTES;
    private int base;
    private int end;
    private int depth;
    private int deepest;
    private int firstHashed;
    private int nextOpen;
    private int repeated;

    /** Takes the seeds of the hashes from the 32 bytes of a message id. */
    void seed(byte[] id, int offset) {
        hash.seed(id, offset, 0);
        otherHash.seed(id, offset, 1);
    }

    /**
     * Walks whole items from the first map of at least two entries on.
     *
     * @param from where the bare message begins
     * @param to where it ends, or where the scan has stopped at an error
     * @param stopped that scan; null when all counts are true
     * @return the index of the first byte of the first repeated key, or -1
     */
    int firstRepeated(byte[] array, int from, int firstMap, int to, @Nullable Scanner stopped) {
        bytes = array;
        base = from;
        end = to;
        depth = 0;
        left[0] = Integer.MAX_VALUE;
        stack.clear();
        repeated = NOT_FOUND;
        nextOpen = 0;
        walk(firstMap, stopped);
        for (; deepest > 0; deepest--) {
            KeySet set = sets[deepest];
            if (set != null) {
                set.shrinkTo(KEPT_KEYS);
            }
        }
        bytes = NO_BYTES;
        return repeated;
    }

    private void walk(int from, @Nullable Scanner stopped) {
        int at = from;
        while (at < end && repeated == NOT_FOUND) {
            at = skipRun(at);
            if (at == end) {
                return;
            }
            boolean isKey = isChecked[depth] && (left[depth] & 1) == 0;
            if (isKey) {
                keyAt[depth] = at;
            }
            token.read(bytes, at);
            if (token.isContainer()) {
                int after = stopped == null && stack.isEmpty() && !isKey ? skipFlat(at) : NOT_FOUND;
                if (after >= 0) {
                    complete(0);
                    at = after;
                    continue;
                }
                open(at, isKey, stopped);
            } else {
                complete(isKey || !stack.isEmpty() ? hash.ofScalar(bytes, token) : 0);
            }
            at = token.next;
        }
    }

    /** Where nothing is hashed and no key can stand, items of one byte need no look. */
    private int skipRun(int at) {
        if (isChecked[depth] || !stack.isEmpty() || left[depth] < 2) {
            return at;
        }
        int stop = Runs.skip(bytes, at, at + Math.min(left[depth] - 1, end - at), sizes);
        left[depth] -= depth == 0 ? 0 : stop - at;
        return stop;
    }

    /** The index after a map that {@link FlatMap} finds in order; -1 when it is something else. */
    private int skipFlat(int at) {
        return (bytes[at] & 0xf0) == Format.FIXMAP ? flatMap.skip(bytes, at, end) : NOT_FOUND;
    }

    private void open(int at, boolean isKey, @Nullable Scanner stopped) {
        if (isKey && stack.isEmpty()) {
            firstHashed = depth + 1;
        }
        if (isKey || !stack.isEmpty()) {
            stack.open(token);
        }
        depth++;
        left[depth] = token.children();
        isChecked[depth] = token.kind() == Value.Kind.MAP && token.length > 1;
        if (isChecked[depth]) {
            setAt(depth).begin(trueKeys(at, stopped), end - base);
            deepest = Math.max(deepest, depth);
        }
        if (token.length == 0) {
            complete(closed());
        }
    }

    /** How many keys the map at {@code at} has: what it says, unless the scan stopped inside it. */
    private int trueKeys(int at, @Nullable Scanner scan) {
        if (scan == null) {
            return token.length;
        }
        while (nextOpen < scan.openLevels() && scan.openedAt(nextOpen) < at) {
            nextOpen++;
        }
        if (nextOpen == scan.openLevels() || scan.openedAt(nextOpen) != at) {
            return token.length;
        }
        return (token.children() - scan.leftAt(nextOpen) + 1) / 2;
    }

    /** Counts one complete item at this level, and all levels that it completes. */
    private void complete(long itemHash) {
        long item = itemHash;
        while (depth > 0) {
            if (isChecked[depth] && (left[depth] & 1) == 0 && isRepeated(item)) {
                return;
            }
            if (!stack.isEmpty() && depth >= firstHashed) {
                stack.add(item);
            }
            if (--left[depth] > 0) {
                return;
            }
            item = closed();
        }
    }

    /** Leaves this level; the hash of its container where it is wanted. */
    private long closed() {
        boolean isHashed = !stack.isEmpty() && depth >= firstHashed;
        depth--;
        return isHashed ? stack.close() : 0;
    }

    private boolean isRepeated(long keyHash) {
        if (setAt(depth).add(keyAt[depth] - base, keyHash, this)) {
            repeated = keyAt[depth];
        }
        return repeated != NOT_FOUND;
    }

    private KeySet setAt(int level) {
        KeySet set = sets[level];
        if (set == null) {
            set = new KeySet();
            sets[level] = set;
        }
        return set;
    }

    @Override
    public boolean areSame(int earlier, int later) {
        earlierKey.read(bytes, base + earlier);
        laterKey.read(bytes, base + later);
        if (earlierKey.kind() != laterKey.kind()) {
            return false;
        }
        return switch (earlierKey.kind()) {
            case NIL -> true;
            case BOOL, FLOAT -> earlierKey.number == laterKey.number;
            case INT -> earlierKey.number == laterKey.number && earlierKey.isAboveLong == laterKey.isAboveLong;
            case TEXT, BINARY -> haveSameBytes();
            case EXT -> earlierKey.number == laterKey.number && haveSameBytes();
            case ARRAY, MAP -> haveSameFingerprints(base + earlier, base + later);
        };
    }

    private boolean haveSameBytes() {
        int one = earlierKey.dataAt;
        int other = laterKey.dataAt;
        return Arrays.equals(bytes, one, one + earlierKey.length, bytes, other, other + laterKey.length);
    }

    private boolean haveSameFingerprints(int one, int other) {
        return earlierKey.length == laterKey.length
                && fingerprint.of(bytes, one) == fingerprint.of(bytes, other)
                && otherFingerprint.of(bytes, one) == otherFingerprint.of(bytes, other);
    }
}
