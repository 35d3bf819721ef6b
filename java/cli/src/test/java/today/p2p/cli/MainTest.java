package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.terminal.Terminal;

class MainTest {
    @Test
    void theVersionNamesTheProtocolToo() {
        Run run = Run.p2p("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("p2p \\S+, protocol 0\\.7, Java \\S+\\R");
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        Run run = Run.p2p();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("p2p: a command is missing").contains("Try 'p2p --help'.");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAnsweredWithASuggestion() {
        Run run = Run.p2p("frma");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'frma'").contains("p2p frame");
    }

    @Test
    void aCommandOfAnotherCommandIsAnsweredWithWhereItIs() {
        Run run = Run.p2p("explain", "FRM-1");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "p2p: there is no command 'explain'",
                        "Did you mean: p2p conform explain?",
                        "Try 'p2p --help'.");
        assertThat(Run.p2p("testee", "now").err()).startsWith("p2p testee: 'now' is one word too many");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node --for soon                | --for: 'soon' is not a time: write 500ms, 30s, 10m or 2h",
                "node --timer ping-after=soon   | --timer ping-after: 'soon' is not a time: write 500ms, 30s, 10m or 2h",
                "node --limit max-links=many    | Invalid value for option '--limit' (NAME=NUMBER): 'many' is not a whole number",
                "node --limit max-links=0       | --limit: max-links cannot be 0; it is 1 to 2147483647",
                "node --limit max-host=3        | --limit: max-host is the same for all nodes: 255",
                "node --limit max-links         | The value of '--limit' (NAME=NUMBER) should be in KEY=VALUE format but was max-links",
                "table --sync --leech           | --leech goes with --chord",
            })
    void aMistakeInAnOptionNamesItAndWhereTheHelpIs(String line, String why) {
        Run run = Run.p2p(line.split(" "));
        assertThat(run.status()).isEqualTo(2);
        String command = "p2p " + line.substring(0, line.indexOf(' '));
        assertThat(run.err().lines()).containsExactly(command + ": " + why, "Try '" + command + " --help'.");
    }

    @Test
    void aMistypedOptionIsNamed() {
        Run run = Run.p2p("frame", "--jsn", "00");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'--jsn'").contains("--json").contains("Try 'p2p frame --help'.");
    }

    @Test
    void whatIsMissingIsSaidOnce() {
        Run run = Run.p2p("table");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("p2p table: Missing required argument").contains("(--sync | --chord)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "node", "chat", "table", "ring", "frame", "id", "testee", "completion"})
    void everyCommandKnowsTheVersion(String command) {
        Run run = Run.p2p(command, "--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("p2p ").contains("protocol 0.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "node", "chat", "table", "ring", "frame", "id", "conform", "testee"})
    void theHelpOfACommandHasExamplesAndExitCodes(String command) {
        Run run = Run.p2p(command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: p2p " + command, "Examples:", "Exit codes:");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 130);
    }

    @Test
    void theScriptForShellsCompletesTheCommands() {
        Run run = Run.p2p("completion");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("complete -F").contains("frame").contains("--encode");
    }

    @Test
    void coloursGoOnlyToATerminalThatWantsThem() {
        assertThat(Run.with(new byte[0], false, "--help").out()).doesNotContain("\u001b");
        assertThat(Run.with(new byte[0], true, "--help").out()).contains("\u001b");
        assertThat(Run.with("00".getBytes(), false, "frame").out()).doesNotContain("\u001b");
        assertThat(Run.with("00".getBytes(), true, "frame").out()).contains("\u001b[31m");
    }

    @Test
    void aReaderThatGoesAwayIsNoError() {
        PrintWriter closed = new PrintWriter(OutputStream.nullOutputStream());
        closed.close();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(new ByteArrayInputStream(new byte[0]), closed, new PrintWriter(err), false, false);
        int status = Main.run(terminal, "frame", FrameCommandTest.HELLO);
        assertThat(status).isZero();
        assertThat(err.toString()).isEmpty();
    }
}
