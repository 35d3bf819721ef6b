package today.p2p.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command behind {@code ./check sim}. */
class MainTest {
    private static final String HELLO = "nodes 2\nconnect 2 1\nrun 1s\nexpect connected\n";

    @TempDir
    private Path folder;

    private String out = "";

    @Test
    void aScenarioIsComparedWithTheOutputThatIsKept() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), HELLO);
        assertThat(run("--scenario", "hello")).isEqualTo(1);
        assertThat(out).contains("there is no hello.out yet");

        assertThat(run("--scenario", "hello", "--write")).isZero();
        assertThat(run("--scenario", "hello")).isZero();
        assertThat(out).contains("hello", "sim: all held");

        Files.writeString(folder.resolve("hello.out"), "other\n");
        assertThat(run("--scenario", "files")).isEqualTo(1);
        assertThat(out).contains("the output is not that of hello.out");
    }

    @Test
    void aFailureNamesTheCommandThatReplaysIt() throws IOException {
        Files.writeString(folder.resolve("sad.txt"), HELLO + "crash 1\nexpect peers 2 none\n");

        assertThat(run("--scenario", "sad", "--seed", "7")).isEqualTo(1);
        assertThat(out)
                .contains("FAILED: sad.txt:6: expected peers 2 none, but n2 has [1]")
                .contains("replay: ./check sim -- --trace --scenario sad --seed 7");
    }

    @Test
    void theTraceIsPrintedWhenAskedFor() throws IOException {
        assertThat(run("--scenario", "collisions", "--seed", "5", "--trace")).isZero();
        assertThat(out).contains("n1   dials 11.0.0.2:4444", "n2   dials 11.0.0.1:4444");
        assertThat(run("--scenario", "random", "--seed", "5")).isZero();
        assertThat(out).containsPattern("random +trace [0-9a-f]{32}");
        assertThat(run("--scenario", "tables", "--seed", "5")).isZero();
        assertThat(out).containsPattern("tables +trace [0-9a-f]{32}");
        assertThat(run("--scenario", "rings", "--seed", "5")).isZero();
        assertThat(out).containsPattern("rings +trace [0-9a-f]{32}");
        assertThat(run("--scenario", "clocks", "--seed", "-601")).isZero();
        assertThat(run("--scenario", "large-mesh", "--nodes", "30")).isZero();
        assertThat(out).contains("n=30, l=4, seed 1");
    }

    @Test
    void optionsWithoutSenseAreUsage() throws IOException {
        assertThat(run("--speed")).isEqualTo(2);
        assertThat(run("--seed")).isEqualTo(2);
        assertThat(run("--seed", "x")).isEqualTo(2);
        assertThat(run("--nodes", "1")).isEqualTo(2);
        assertThat(run("--nodes", "1001")).isEqualTo(2);
        assertThat(run("--scenario", "nowhere")).isEqualTo(2);
        assertThat(out).contains("sim: there is no scenario nowhere; see --help");
    }

    @Test
    void helpNamesEveryCommand() throws IOException {
        assertThat(run("--help")).isZero();
        for (String command :
                List.of("connect", "partition", "heal", "attack", "expect delivered", "--seeds", "put", "delta")) {
            assertThat(out).contains("  " + command);
        }
    }

    private int run(String... arguments) throws IOException {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.add("--folder");
        all.add(folder.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code = Main.run(all, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        out = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
