package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MutationTest {

    @Test
    void oneSeedGivesTheSameSamplesAndEachOneAlone() {
        Mutation.Sample alone = Mutation.sample(42, 17);

        Mutation.Sample inLine = Mutation.samples(42, 18).skip(17).findFirst().orElseThrow();

        assertThat(inLine.frame()).isEqualTo(alone.frame());
        assertThat(inLine.codecs()).isEqualTo(alone.codecs());
        assertThat(inLine.answer()).isEqualTo(alone.answer());
    }

    @Test
    void theSamplesReachEveryErrorOfAFrame() {
        Map<String, Long> codes =
                Mutation.samples(1, 4_000).collect(Collectors.groupingBy(MutationTest::code, Collectors.counting()));

        assertThat(codes.keySet())
                .containsAll(List.of(
                        "ok",
                        "LENGTH",
                        "SHORT",
                        "LIMIT",
                        "CODEC",
                        "CHECKSUM",
                        "BODY",
                        "TEXT",
                        "TRAILING",
                        "SHAPE",
                        "OPCODE",
                        "RANGE"))
                .doesNotContain("INTERNAL");
    }

    private static String code(Mutation.Sample sample) {
        return sample.answer() instanceof Answer.Err err ? err.code() : "ok";
    }
}
