package today.p2p.network.tables;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Keys of 16 bytes and values of 100, of which the first eight are the number of the write. */
final class Content {
    static final int VALUE = 100;

    private final byte[] template = new byte[VALUE];

    Content() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        random.nextBytes(template);
    }

    static String key(int index) {
        return "key %012d".formatted(index);
    }

    /** Keys are made once: no library is to pay for that. */
    static String[] keys(int count) {
        String[] keys = new String[count];
        for (int index = 0; index < count; index++) {
            keys[index] = key(index);
        }
        return keys;
    }

    byte[] value(long number) {
        byte[] value = template.clone();
        ByteBuffer.wrap(value).putLong(number);
        return value;
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
