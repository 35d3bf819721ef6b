package today.p2p.model.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToyTesteeTest {

    private static final String HELLO = "{\"id\":1,\"op\":\"hello\",\"in\":{\"kit\":1}}\n";
    private static final String NEGOTIATE =
            "{\"id\":2,\"op\":\"negotiate\",\"in\":{\"own\":[19,17],\"peer\":[17,19]}}\n";
    private static final String BYE = "{\"id\":3,\"op\":\"bye\",\"in\":{}}\n";

    @Test
    void itAnswersInOrderAndLeavesWithZero() throws Exception {
        Ended ended = run(HELLO + NEGOTIATE + BYE);

        assertThat(ended.lines()).hasSize(3);
        assertThat(ended.lines().get(1)).isEqualTo("{\"id\":2,\"ok\":{\"shared\":[19,17],\"codec\":19}}");
        assertThat(ended.lines().get(2)).isEqualTo("{\"id\":3,\"ok\":{}}");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void itLeavesWithZeroWhenItsInputEnds() throws Exception {
        assertThat(run(HELLO).exit()).isZero();
    }

    @Test
    void aMutantAnswersWithItsDefect() throws Exception {
        assertThat(run(NEGOTIATE, "--mutant", "PEER_ORDER").lines())
                .containsExactly("{\"id\":2,\"ok\":{\"shared\":[17,19],\"codec\":17}}");
    }

    @Test
    void itMisbehavesAtTheCallThatIsNamed() throws Exception {
        Ended crashed = run(HELLO + NEGOTIATE, "--crash-on", "2");
        assertThat(crashed.lines()).hasSize(1);
        assertThat(crashed.exit()).isEqualTo(3);

        assertThat(run(HELLO + NEGOTIATE, "--stray-output", "negotiate").lines())
                .hasSize(3)
                .contains("debug: negotiate");
        assertThat(run(HELLO + NEGOTIATE, "--wrong-id", "2").lines().get(1)).startsWith("{\"id\":3,");
        // The third call ends the process, and with it what the second left in the buffer.
        assertThat(run(HELLO + NEGOTIATE + BYE, "--no-flush", "2", "--crash-on", "3")
                        .lines())
                .hasSize(1);
    }

    private record Ended(List<String> lines, int exit) {}

    private static Ended run(String input, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ToyTestee.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(out.lines().toList(), process.exitValue());
    }
}
