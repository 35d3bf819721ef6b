package today.p2p.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** MPK-8: text is well-formed where the platform's strict decoder says so. */
class Utf8Test {
    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff
    };

    @Test
    void eachSequenceOfFourEdgesIsJudgedAsTheStandardDoes() {
        byte[] bytes = new byte[4];
        for (int code = 0; code < EDGES.length * EDGES.length * EDGES.length * EDGES.length; code++) {
            int rest = code;
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) EDGES[rest % EDGES.length];
                rest /= EDGES.length;
            }
            if (Utf8.isWellFormed(bytes, 0, 4) != isWellFormed(bytes)) {
                assertThat(Utf8.isWellFormed(bytes, 0, 4))
                        .as("%08x", ByteBuffer.wrap(bytes).getInt())
                        .isEqualTo(isWellFormed(bytes));
            }
        }
    }

    @Test
    void longTextsAreJudgedAsTheStandardDoes() {
        long seed = Long.getLong("p2p.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int count = random.nextInt(20); count > 0; count--) {
                text.appendCodePoint(
                        new int[] {'a', 'b', 0xe4, 0x7ff, 0x800, 0x6f22, 0xffff, 0x10000, 0x10ffff}[random.nextInt(9)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            assertThat(Utf8.isWellFormed(bytes, 0, bytes.length))
                    .as("seed %d", seed)
                    .isEqualTo(isWellFormed(bytes));
        }
    }

    /** What stands around a text does not count. */
    @Test
    void aTextIsJudgedByItsOwnBytesAlone() {
        for (int length = 0; length < 12; length++) {
            for (int after = 0; after < 10; after++) {
                byte[] bytes = new byte[1 + length + after];
                Arrays.fill(bytes, (byte) 0xff);
                Arrays.fill(bytes, 1, 1 + length, (byte) 'a');

                assertThat(Utf8.isAscii(bytes, 1, 1 + length)).isTrue();
                assertThat(after > 0 && Utf8.isAscii(bytes, 1, 2 + length)).isFalse();
                assertThat(Utf8.isWellFormed(bytes, 0, 1 + length)).isFalse();
            }
        }
    }

    private static boolean isWellFormed(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notWellFormed) {
            return false;
        }
    }
}
