package today.p2p.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MPK-9: the usual small maps, checked in one go, and only those. */
class FlatMapTest {
    private final FlatMap flatMap = new FlatMap();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 01 cd0001 02 cd0002",
                "82 01 cc00 a101 cd0000",
                "82 a0 cc00 a100 cd0000",
                "82 a7 61626364656667 c0 a7 61626364656668 c0",
                "82 a9 616263646566676869 01 a9 616263646566676868 01",
                "82 a5 c3a9616263 c401ff a1 61 d9 02 c3a9",
                "88 00 00 01 00 02 00 03 00 04 00 05 00 06 00 e0 00"
            })
    void aMapWithDifferentKeysIsSkipped(String map) {
        byte[] bytes = hex(map);

        assertThat(skip(bytes, 0)).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 01 c0 01 c0",
                "82 a161 cd0000 a161 c0",
                "82 a9 616263646566676869 01 a9 616263646566676869 01",
                "83 a161 c0 a162 c0 a161 c0"
            })
    void aRepeatedKeyIsLeftToTheFullCheck(String map) {
        assertThat(skip(hex(map), 0)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 cc01 c0 02 c0",
                "82 d90161 c0 02 c0",
                "82 01 90 02 c0",
                "82 01 c1 02 c0",
                "82 01 a1ff 02 c0",
                "82 a1ff 01 02 c0",
                "82 01 d901 ff 02 c0",
                "89 00 00 01 00 02 00 03 00 04 00 05 00 06 00 07 00 08 00"
            })
    void whatIsUnusualOrWrongIsLeftToTheFullCheck(String map) {
        assertThat(skip(hex(map), 0)).isNegative();
    }

    /** MPK-5: wherever the bytes end, nothing behind them is taken for a part of the map. */
    @Test
    void aMapThatIsCutOffIsLeftToTheFullCheck() {
        byte[] map = hex("84 a161 cd0102 02 a3616263 a3616264 c40101 a0 d902c3a9");

        assertThat(skip(map, 0)).isEqualTo(map.length);
        for (int end = 1; end < map.length; end++) {
            assertThat(flatMap.skip(map, 0, end)).as("up to %d", end).isNegative();
        }
    }

    @Test
    void keysAtTheVeryEndOfAnArrayAreCompared() {
        for (int room = 0; room < 9; room++) {
            byte[] same = Arrays.copyOf(hex("0000000000000000 82 a16101 a16101"), 15 + room);
            byte[] different = Arrays.copyOf(hex("0000000000000000 82 a16101 a16201"), 15 + room);

            assertThat(flatMap.skip(same, 8, 15)).isNegative();
            assertThat(flatMap.skip(different, 8, 15)).isEqualTo(15);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private int skip(byte[] bytes, int at) {
        return flatMap.skip(bytes, at, bytes.length);
    }
}
