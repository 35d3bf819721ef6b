package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Failure.ErrorCode;

/** The registry is the truth; what the model says beside it is a copy that is checked both ways. */
class RegistryTest {

    @Test // ERR-1
    void everyErrorCodeOfTheRegistryIsKnownAndNoOther() throws IOException {
        List<String> codes = rows("errors.csv").map(row -> row[0]).toList();

        assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name)).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test // CMP-1
    void theActiveCodecsOfTheRegistryAreTheCodecs() throws IOException {
        Map<String, Integer> active = rows("codecs.csv")
                .filter(row -> row[4].equals("active"))
                .collect(Collectors.toMap(row -> row[0], row -> Integer.decode(row[1])));

        assertThat(Arrays.stream(Codec.values()).collect(Collectors.toMap(Codec::label, codec -> codec.code)))
                .isEqualTo(active);
    }

    @Test // FRM-5, CMP-3, CMP-16, MPK-7, MPK-16, B58-6, CMP-13, BRD-1, LSE-4
    void theLimitsAreThoseOfTheRegistry() throws IOException {
        Map<String, Long> limits =
                rows("limits.csv").collect(Collectors.toMap(row -> row[0], row -> Long.valueOf(row[1])));
        rows("timers.csv").forEach(row -> limits.put(row[0], Long.valueOf(row[1])));

        assertThat(limits)
                .containsEntry("max-frame", Limits.MAX_FRAME)
                .containsEntry("max-inflated", Limits.MAX_INFLATED)
                .containsEntry("ratio-free", Limits.RATIO_FREE)
                .containsEntry("max-ratio", Limits.MAX_RATIO)
                .containsEntry("max-window", Limits.MAX_WINDOW)
                .containsEntry("max-depth", (long) Limits.MAX_DEPTH)
                .containsEntry("max-items", (long) Limits.MAX_ITEMS)
                .containsEntry("max-base58", (long) Limits.MAX_BASE58)
                .containsEntry("compress-from", (long) Limits.COMPRESS_FROM)
                .containsEntry("compress-saves", (long) Limits.COMPRESS_SAVES)
                .containsEntry("broadcast-window", Limits.BROADCAST_WINDOW.longValue())
                .containsEntry("lease-term", Limits.LEASE_TERM.longValue());
    }

    @Test
    void everyClauseThatAMutantBreaksIsInTheSpecification() throws IOException {
        StringBuilder chapters = new StringBuilder();
        try (var files = Files.newDirectoryStream(spec(), "[0-9]*.md")) {
            for (Path file : files) {
                chapters.append(Files.readString(file));
            }
        }

        for (Mutant mutant : Mutant.values()) {
            assertThat(mutant.clauses())
                    .allSatisfy(clause -> assertThat(chapters).contains("**" + clause + "**"));
        }
    }

    private static java.util.stream.Stream<String[]> rows(String file) throws IOException {
        return Files.readAllLines(spec().resolve("registry").resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(",", -1));
    }

    private static Path spec() {
        return Path.of(System.getProperty("p2p.root", "../.."), "protocol-spec");
    }
}
