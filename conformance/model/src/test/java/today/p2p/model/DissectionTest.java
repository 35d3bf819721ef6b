package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Mutant.Defects;

class DissectionTest {

    private static final String WHISPER =
            "0000002d18da6d8cd9db26a7040830ead6cd54c5a8005964bb549fc97a59fe098925121d" + "9502a161ce59682f0002a26869";

    @Test
    void eachPartOfAFrameHasAName() {
        Dissection.Section frame =
                Dissection.of(Bytes.ofHex(WHISPER).array, List.of()).sections().get(0);

        assertThat(frame.ranges())
                .extracting(Dissection.Range::name)
                .containsExactly("length", "checksum", "fixarray", "fixint", "fixstr", "uint 32", "fixint", "fixstr");
        assertThat(frame.ranges())
                .last()
                .isEqualTo(new Dissection.Range(46, 49, 2, "fixstr", "$.payload[1]", "\"hi\""));
        assertThat(frame.errorOffset()).isEqualTo(-1);
    }

    @Test
    void aCodedFrameHasAPlainTextOfItsOwn() {
        byte[] plain = Bytes.ofHex(WHISPER.substring(8)).array;
        byte[] frame = Mutation.header(new Codecs(Defects.NONE).compress(Codec.ZLIB, plain));

        Dissection dissection = Dissection.of(frame, List.of(Codec.ZLIB.code));

        assertThat(dissection.codec()).isEqualTo("zlib");
        assertThat(dissection.sections()).extracting(Dissection.Section::title).containsExactly("frame", "plain text");
        assertThat(dissection.sections().get(1).ranges())
                .first()
                .extracting(Dissection.Range::name)
                .isEqualTo("checksum");
    }

    @Test
    void anErrorInTheMessageStandsAtItsByteOfTheFrame() { // MPK-5
        byte[] frame = Mutation.raw(Bytes.ofHex("9402a100c1").array);

        Dissection dissection = Dissection.of(frame, List.of());

        assertThat(dissection.error()).get().extracting(Answer.Err::clause).isEqualTo("MPK-5");
        assertThat(dissection.sections().get(0).errorOffset()).isEqualTo(4 + 32 + 4 + 0);
        assertThat(dissection.sections().get(0).ranges())
                .last()
                .extracting(Dissection.Range::name)
                .isEqualTo("rest");
    }

    @Test
    void aWrongChecksumDoesNotHideTheItems() { // FRM-7
        byte[] frame = Bytes.ofHex(WHISPER).array;
        frame[5] ^= 1;

        Dissection dissection = Dissection.of(frame, List.of());

        assertThat(dissection.error()).get().extracting(Answer.Err::code).isEqualTo("CHECKSUM");
        assertThat(dissection.sections().get(0).ranges()).hasSize(8);
    }

    @Test
    void rangesCoverAnyFrameWithoutOverlap() {
        long seed = 20261121;

        Mutation.samples(seed, 2000).forEach(sample -> {
            for (Dissection.Section section :
                    Dissection.of(sample.frame(), sample.codecs()).sections()) {
                int end = 0;
                for (Dissection.Range range : section.ranges()) {
                    assertThat(range.start())
                            .as("seed %d, sample %d", seed, sample.index())
                            .isEqualTo(end);
                    end = range.end();
                }
                assertThat(end).as("seed %d, sample %d", seed, sample.index()).isEqualTo(section.bytes().length);
            }
        });
    }

    @Test
    void theErrorIsTheOneThatTheModelGives() {
        Mutation.samples(7, 2000).forEach(sample -> {
            String code = Dissection.of(sample.frame(), sample.codecs())
                    .error()
                    .map(Answer.Err::code)
                    .orElse("ok");

            assertThat(code).isEqualTo(sample.answer() instanceof Answer.Err err ? err.code() : "ok");
        });
    }
}
