package today.p2p.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
    private final Suite suite = Suite.load();

    @Test
    void theSuiteIsLoadedFromTheClassPath() {
        assertThat(suite.version()).isEqualTo("1.0.0");
        assertThat(suite.protocol()).isEqualTo("0.7");
        assertThat(suite.cases()).isNotEmpty();
    }

    @Test
    void aCaseIsFoundByItsId() {
        Case smallest = suite.find("FRM-DEC-001").orElseThrow();

        assertThat(smallest.op()).isEqualTo("frame.decode");
        assertThat(smallest.area()).isEqualTo("frame-decode");
        assertThat(smallest.level()).isEqualTo(Level.MUST);
        assertThat(smallest.result()).isEqualTo(Result.VALID);
        assertThat(smallest.ok().orElseThrow().get("sender").asString()).isEqualTo("a");
        assertThat(suite.find("FRM-DEC-000")).isEmpty();
    }

    @Test
    void aRefusalHasACodeAndMayHaveAPlace() {
        assertThat(suite.find("FRM-NEG-013").orElseThrow().error()).contains("TRAILING");
        assertThat(suite.find("FRM-NEG-013").orElseThrow().offset()).hasValue(13);
        assertThat(suite.find("FRM-NEG-003").orElseThrow().offset()).isEmpty();
    }

    @Test
    void theFrameOfALongCaseIsPlainHexAndItsAnswerIsWrittenOut() {
        Case large = suite.find("FRM-DEC-028").orElseThrow();

        assertThat(large.input().get("frame").asString()).hasSize(2 * (4 + 32 + 9 + 1 + 5 + 65536));
        assertThat(large.ok().orElseThrow().get("payload").get(1).get("$bin").asString())
                .isEqualTo("00".repeat(65536));
    }

    @Test
    void everyFileOfTheSuiteIsUtf8WithoutCarriageReturns() {
        for (var entry : Suite.json("manifest.json").get("files")) {
            assertThat(new String(Suite.file(entry.get("file").asString()), StandardCharsets.UTF_8))
                    .doesNotContain("\r")
                    .doesNotContain("\uFFFD");
        }
    }

    @Test
    void aDirectoryOfTheSameLayoutIsLoadedToo(@TempDir Path directory) throws IOException {
        copySuite(directory);

        assertThat(Suite.load(directory).cases()).hasSameSizeAs(suite.cases());
        assertThat(Suite.load(directory).hashes()).isEqualTo(suite.hashes());
    }

    @Test
    void aFileThatIsNotTheOneOfTheManifestIsRefused(@TempDir Path directory) throws IOException {
        copySuite(directory);
        Path changed = directory.resolve("vectors/frame-decode.json");
        Files.writeString(changed, Files.readString(changed).replace("FRM-DEC-001", "FRM-DEC-999"));

        assertThatThrownBy(() -> Suite.load(directory)).hasMessageContaining("vectors/frame-decode.json");

        Files.delete(changed);
        assertThatThrownBy(() -> Suite.load(directory))
                .hasMessageContaining("no ")
                .hasMessageContaining("frame-decode.json");
    }

    private void copySuite(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("vectors"));
        Files.write(directory.resolve("manifest.json"), Suite.file("manifest.json"));
        for (String name : suite.hashes().keySet()) {
            Files.write(directory.resolve(name), Suite.file(name));
        }
    }
}
