package today.p2p.msgpack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are exactly one item of the msgpack profile (MPK-1 to MPK-11, MPK-16), before anything
 * is built from them. Reusable, not thread-safe; allocates only to report an error and to compare the keys
 * of large maps.
 */
public final class MsgpackCheck {
    /** Deepest nesting of arrays and maps; the outermost is level 1 (MPK-7). */
    public static final int MAX_DEPTH = 64;

    /** Most items of all arrays and maps together (MPK-16). */
    public static final int MAX_ITEMS = 262_144;

    private final Scanner scanner = new Scanner();
    private @Nullable KeyCheck keyCheck;

    /** A check with scratch memory of its own. */
    public MsgpackCheck() {}

    /**
     * Checks the bytes from {@code from} to before {@code to}, in the order of FRM-13: the item from its first
     * byte to its last, then what follows it.
     *
     * @param seedAt where in the same array 32 bytes stand that whoever made the item cannot choose freely,
     *     such as its SHA-256: they seed the hashes by which keys are compared
     * @return empty, or what is wrong; its offset counts from {@code from}
     */
    public Optional<Malformed> check(byte[] bytes, int from, int to, int seedAt) {
        int end = scanner.scan(bytes, from, to);
        Malformed problem = end < 0 ? scanner.problem() : null;
        if (scanner.firstMap() >= 0) {
            int stop = problem == null ? end : from + problem.offset();
            KeyCheck keys = keyCheck();
            keys.seed(bytes, seedAt);
            Scanner stopped = problem == null ? null : scanner;
            int repeated = keys.firstRepeated(bytes, from, scanner.firstMap(), stop, stopped);
            if (repeated >= 0) {
                problem = new Malformed(ErrorCode.BODY, repeated - from, "a map has this key twice");
            }
        }
        if (problem == null && end < to) {
            problem = new Malformed(ErrorCode.TRAILING, end - from, "bytes follow the message");
        }
        return Optional.ofNullable(problem);
    }

    /** How many items all arrays and maps of the last sound item had together, as MPK-16 counts. */
    public int items() {
        return scanner.items();
    }

    private KeyCheck keyCheck() {
        KeyCheck known = keyCheck;
        if (known == null) {
            known = new KeyCheck();
            keyCheck = known;
        }
        return known;
    }
}
