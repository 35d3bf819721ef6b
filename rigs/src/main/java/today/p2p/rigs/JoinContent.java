package today.p2p.rigs;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.msgpack.Bytes;

/** Keys and values of a table that is joined. */
final class JoinContent {
    /** Values that a careless program takes for none. */
    static final List<Object> FALSY = List.of(0L, false, "", Bytes.EMPTY, List.of(), Map.of(), 0.0);

    private static final int LETTERS = 26;

    private final int bytes;
    private final RandomGenerator random;

    /** @param bytes of each value */
    JoinContent(int bytes, long seed) {
        this.bytes = bytes;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** 16 bytes. */
    static String key(int index) {
        return "key %012d".formatted(index);
    }

    /** The next value: text. */
    String next() {
        char[] letters = new char[bytes];
        for (int index = 0; index < bytes; index++) {
            letters[index] = (char) ('a' + random.nextInt(LETTERS));
        }
        return new String(letters);
    }
}
