package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

class CodecsTest {

    private static final Codecs CODECS = new Codecs(Defects.NONE);
    private static final byte[] WORDS =
            "all work and no play makes a dull peer, ".repeat(40).getBytes();

    @ParameterizedTest // CMP-1
    @EnumSource
    void whatACodecCompressesItInflates(Codec codec) {
        for (int length : new int[] {0, 1, 31, 1000, 300_000}) {
            byte[] data = noise(length);

            byte[] inflated = CODECS.decompress(codec, CODECS.compress(codec, data), Limits.MAX_INFLATED);

            assertThat(inflated).isEqualTo(data);
        }
    }

    @ParameterizedTest // CMP-2
    @EnumSource
    void aByteAfterTheEndIsRefused(Codec codec) {
        byte[] coded = CODECS.compress(codec, WORDS);

        assertThat(refusal(codec, Arrays.copyOf(coded, coded.length + 1), Limits.MAX_INFLATED))
                .isEqualTo(ErrorCode.CODEC);
    }

    @ParameterizedTest // CMP-2
    @EnumSource
    void aStreamCutAnywhereIsRefused(Codec codec) {
        byte[] coded = CODECS.compress(codec, WORDS);

        for (int length = 0; length < coded.length; length++) {
            assertThat(refusal(codec, Arrays.copyOf(coded, length), Limits.MAX_INFLATED))
                    .as("cut after %d of %d bytes", length, coded.length)
                    .isEqualTo(ErrorCode.CODEC);
        }
    }

    @ParameterizedTest // CMP-2: and nothing but a Failure comes out of corrupt bytes.
    @EnumSource
    void aFlippedBitIsRefusedOrYieldsBytes(Codec codec) {
        byte[] coded = CODECS.compress(codec, WORDS);

        for (int bit = 0; bit < 8 * coded.length; bit++) {
            byte[] corrupt = coded.clone();
            corrupt[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                CODECS.decompress(codec, corrupt, Limits.MAX_INFLATED);
            } catch (Failure failure) {
                assertThat(failure.code).isIn(ErrorCode.CODEC, ErrorCode.BOMB);
            }
        }
    }

    @ParameterizedTest // CMP-3
    @EnumSource
    void outputOfExactlyTheLimitIsFineAndOneByteMoreIsABomb(Codec codec) {
        byte[] coded = CODECS.compress(codec, WORDS);

        assertThat(CODECS.decompress(codec, coded, WORDS.length)).isEqualTo(WORDS);
        assertThat(refusal(codec, coded, WORDS.length - 1)).isEqualTo(ErrorCode.BOMB);
    }

    @ParameterizedTest // CMP-3: the ratio counts above 1 MiB only; zstd and bz2 pass 2048 with zeros.
    @EnumSource(names = {"ZSTD", "BZ2"})
    void aRatioAbove2048IsABombFromOneMebibyteOn(Codec codec) {
        byte[] free = new byte[(int) Limits.RATIO_FREE];
        byte[] more = new byte[(int) Limits.RATIO_FREE * 2];

        assertThat(CODECS.decompress(codec, CODECS.compress(codec, free), Limits.MAX_INFLATED))
                .isEqualTo(free);
        assertThat(refusal(codec, CODECS.compress(codec, more), Limits.MAX_INFLATED))
                .isEqualTo(ErrorCode.BOMB);
    }

    @Test // CMP-1: one member, not several.
    void twoStreamsAreNotOne() {
        for (Codec codec : Codec.values()) {
            byte[] coded = CODECS.compress(codec, WORDS);

            assertThat(refusal(codec, Frames.concat(coded, coded), Limits.MAX_INFLATED))
                    .as(codec.label())
                    .isEqualTo(ErrorCode.CODEC);
        }
    }

    @Test // CMP-16: 28 b5 2f fd, no single segment, window 2^23 or the next larger one, an empty last raw block.
    void aWindowAbove8MebibytesIsRefused() {
        assertThat(CODECS.decompress(Codec.ZSTD, Bytes.ofHex("28b52ffd0068010000").array, 10))
                .isEmpty();
        assertThat(refusal(Codec.ZSTD, Bytes.ofHex("28b52ffd0069010000").array, 10))
                .isEqualTo(ErrorCode.CODEC);
    }

    private static ErrorCode refusal(Codec codec, byte[] coded, long limit) {
        Failure failure = catchThrowableOfType(Failure.class, () -> CODECS.decompress(codec, coded, limit));
        assertThat(failure).as("%s accepts what it must refuse", codec).isNotNull();
        return failure.code;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        SplittableRandom random = new SplittableRandom(length);
        random.nextBytes(noise);
        Arrays.fill(noise, 0, length / 2, (byte) 7);
        return noise;
    }
}
