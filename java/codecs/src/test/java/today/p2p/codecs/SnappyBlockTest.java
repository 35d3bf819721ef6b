package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;

/** Blocks written by hand, element by element: CMP-1, CMP-2, CMP-3. */
class SnappyBlockTest {
    @ParameterizedTest
    @CsvSource({
        "00, ''",
        "8000, '', length in more bytes than needed",
        "03 08 616263, abc",
        "03 f002 616263, abc, literal with a length of 1 byte",
        "03 f40200 616263, abc, literal with a length of 2 bytes",
        "03 f8020000 616263, abc, literal with a length of 3 bytes",
        "03 fc02000000 616263, abc, literal with a length of 4 bytes",
        "07 08 616263 0103, abcabca, copy with a distance of 11 bits",
        "07 08 616263 0e0300, abcabca, copy with a distance of 16 bits",
        "07 08 616263 0f03000000, abcabca, copy with a distance of 32 bits",
        "05 00 61 0101, aaaaa, copy that overlaps itself",
    })
    void everyKindOfElementIsRead(String hex, String plain) {
        assertThat(Streams.decompressed(new SnappyBlock(), bytes(hex), 100).utf8())
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "'', no length",
        "80, length cut off",
        "808080808000, length of six bytes",
        "8080808010, length of 2^32",
        "ffffffff0f, length of 4 GiB and nothing else",
        "ffffffff0f 00 61, length of 4 GiB and one byte",
        "04 08 616263, length too large",
        "02 08 616263, length too small",
        "06 08 616263 0103, length too small for a copy",
        "03 08 6162, literal cut off",
        "03 f0, length of a literal cut off",
        "03 fcffffffff 616263, literal of 4 GiB",
        "07 08 616263 0100, distance 0",
        "07 08 616263 0104, distance before the beginning",
        "07 08 616263 0f03000080, distance above 2^31",
        "07 08 616263 01, distance cut off",
        "07 08 616263 0e03, long distance cut off",
        "04 0103, copy of nothing",
        "03 08 616263 00, literal after the end",
    })
    void aBlockThatIsNotSoundIsRefused(String hex, String why) {
        assertThat(Streams.refusal(new SnappyBlock(), bytes(hex), 100)).contains(ErrorCode.CODEC);
    }

    @Test
    void aTrueLengthAboveTheLimitIsABombOnceTheOutputPasses() {
        assertThat(Streams.refusal(new SnappyBlock(), bytes("07 08 616263 0103"), 7))
                .isEmpty();
        assertThat(Streams.refusal(new SnappyBlock(), bytes("07 08 616263 0103"), 6))
                .contains(ErrorCode.BOMB);
    }

    private static byte[] bytes(String hex) {
        return Bytes.ofHex(hex.replace(" ", "")).toArray();
    }
}
