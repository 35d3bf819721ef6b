package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTesteesTest {
    @TempDir
    private Path root;

    private Path script;

    @BeforeEach
    void aRepositoryWithThePythonTestee() throws IOException {
        script = root.resolve("conformance/testees/python/testee.py");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "");
    }

    @Test
    void javaIsThisVeryProgramInAProcessOfItsOwn() {
        String java = DemoTestees.find(root, root.resolve("none")).arguments().get(0);
        assertThat(java).startsWith("java=").contains("/bin/java", " -cp ").endsWith(" today.p2p.testee.TesteeMain");
    }

    @Test
    void aMissingPythonIsSaidAndTheRestGoesOn() {
        DemoTestees found = DemoTestees.find(root, root.resolve("no-python"));
        assertThat(found.arguments()).hasSize(1);
        assertThat(found.problem())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("no-python is missing or lacks msgpack", "conformance/testees/python/setup.sh"));
    }

    @Test
    void aPythonThatFailsCountsAsMissing() throws IOException {
        assertThat(DemoTestees.find(root, program("broken", "exit 1")).problem())
                .isPresent();
    }

    @Test
    void aMissingScriptIsSaid() throws IOException {
        Files.delete(script);
        assertThat(DemoTestees.find(root, program("python3", "exit 0")).problem())
                .hasValueSatisfying(why -> assertThat(why).contains("there is no " + script));
    }

    @Test
    void wordsWithSpacesAreQuotedForTheRunner() throws IOException {
        Path python = program("it's python", "exit 0");
        DemoTestees found = DemoTestees.find(root, python);
        assertThat(found.problem()).isEmpty();
        assertThat(found.arguments().get(1))
                .startsWith("python='" + root + "/it'\\''s python'")
                .endsWith("testee.py");
    }

    @Test
    void theReportGoesWhereOneFindsIt() {
        DemoTestees found = DemoTestees.find(root, root.resolve("none"));
        assertThat(found.conformArguments(false))
                .contains("--testee", "--report-dir")
                .doesNotContain("--json");
        assertThat(found.conformArguments(true)).contains("--json");
    }

    private Path program(String name, String body) throws IOException {
        Path file = Files.writeString(root.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
