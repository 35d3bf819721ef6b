package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import today.p2p.conformance.process.ScriptedTestee;
import today.p2p.conformance.process.Words;
import today.p2p.vectors.Suite;

/** The command as a user meets it: what it prints, and its exit codes. */
class ConformCommandTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int conform(String... arguments) {
        return new CommandLine(new ConformCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** With a toy testee, without self-check, which has a test of its own, and without the pages, which cost most. */
    private int judge(List<String> toy, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--testee", command(toy), "--no-self-check", "--no-report"));
        all.addAll(List.of(arguments));
        return conform(all.toArray(String[]::new));
    }

    private static String command(List<String> toy) {
        return String.join(
                " ", SelfCheck.toyCommand(toy).stream().map(Words::quote).toList());
    }

    @Test
    void theModelIsConformantAndTheReportIsWritten() throws IOException {
        String place = directory.resolve("report").toString();

        int exit = conform(
                "--testee", command(List.of()), "--no-self-check", "--report-dir", place, "--filter", "FRM-DEC-*");

        assertThat(out.toString()).contains("CONFORMANT", "p2p-model", "report: ");
        assertThat(exit).isEqualTo(0);
        assertThat(directory.resolve("report")).isDirectoryContaining(file -> file.endsWith("index.html"));
        assertThat(Files.readString(directory.resolve("report/results.json"))).contains("FRM-DEC-001");
    }

    @Test
    void aWrongAnswerFailsAndTellsClauseAndRepetition() {
        int exit = judge(List.of("--mutant", "CHECKSUM_IGNORED"), "--filter", "FRM-NEG-001 | FRM-DEC-001");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAIL  FRM-NEG-001", "FRM-7: ", "ACCEPTED", "--filter FRM-NEG-001", "NOT CONFORMANT");
    }

    @Test
    void aKnownFailureIsExpectedAndASurprisingPassIsNot() throws IOException {
        Path known = directory.resolve("known.txt");
        Files.writeString(known, "FRM-NEG-001 cause=ACCEPTED until=9999-12-31\n");
        String[] arguments = {"--filter", "FRM-NEG-001", "--baseline", known.toString()};

        assertThat(judge(List.of("--mutant", "CHECKSUM_IGNORED"), arguments)).isEqualTo(0);
        assertThat(judge(List.of(), arguments)).isEqualTo(1);
        assertThat(out.toString()).contains("XPASS  FRM-NEG-001");
    }

    @Test
    void aBaselineIsWrittenFromWhatFails() throws IOException {
        Path known = directory.resolve("known.txt");
        List<String> toy = List.of("--mutant", "CHECKSUM_IGNORED");

        assertThat(judge(toy, "--filter", "FRM-NEG-00*", "--baseline", known.toString(), "--update-baseline"))
                .isEqualTo(0);
        assertThat(Files.readString(known)).contains("FRM-NEG-001  cause=ACCEPTED  until=");
    }

    @Test
    void aTesteeThatIsNotThereIsTrouble() {
        int exit = conform("--testee", "no-such-program-here", "--no-self-check", "--no-report");

        assertThat(exit).isEqualTo(3);
        assertThat(out.toString()).contains("TROUBLE", "cannot start it", "no-such-program-here", "NOT JUDGED");
    }

    @Test
    void aTesteeThatOffersNothingLeavesNothingRun() {
        String command = String.join(
                " ", ScriptedTestee.command("good").stream().map(Words::quote).toList());

        assertThat(conform("--testee", command, "--no-self-check", "--no-report", "--filter", "FRM-DEC-*"))
                .isEqualTo(5);
    }

    @Test
    void aFilterThatMatchesNothingRunsNothing() {
        assertThat(judge(List.of(), "--filter", "NO-SUCH-*")).isEqualTo(5);
    }

    @Test
    void mistakesOnTheCommandLineAreUsage() {
        assertThat(conform()).isEqualTo(2);
        assertThat(conform("--testee", "x", "--filter", "a & colour:red")).isEqualTo(2);
        assertThat(conform("--testee", "x 'y")).isEqualTo(2);
        assertThat(conform("--testee", "x", "--suite", "new")).isEqualTo(2);
        assertThat(conform("--testee", "x", "--timeout", "0")).isEqualTo(2);
        assertThat(conform("--testee", "x", "--baseline", "no-such-file")).isEqualTo(2);
        assertThat(conform("--testee", "a=x", "--testee", "b=y", "--baseline", "c=z"))
                .isEqualTo(2);
        assertThat(conform("--no-such-option")).isEqualTo(2);
        assertThat(err.toString()).contains("name at least one testee", "no key 'colour'", "a quote (') is not closed");
    }

    @Test
    void anImpreciseCodePassesUnlessStrict() {
        List<String> toy = List.of("--mutant", "FRAME_LIMIT_AT_THE_END");

        assertThat(judge(toy, "--filter", "FRM-NEG-019")).isEqualTo(0);
        assertThat(out.toString()).contains("with another error code");
        assertThat(judge(toy, "--strict", "--filter", "FRM-NEG-019")).isEqualTo(1);
    }

    @Test
    void casesNewerThanThePinnedSuiteAreToldAndDoNotFail() {
        List<String> toy = List.of("--mutant", "CHECKSUM_IGNORED");

        assertThat(judge(toy, "--suite", "0.9", "--filter", "FRM-NEG-001")).isEqualTo(0);
        assertThat(out.toString()).contains("NEW");
        assertThat(judge(toy, "--suite", "1.0", "--filter", "FRM-NEG-001")).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason() {
        assertThat(judge(List.of(), "--filter", "FRM-DEC-001", "--compare", "no/such.json"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("p2p conform: there is no file or folder no/such.json");
    }

    @Test
    void theListNamesTheCasesAndRunsNothing() {
        assertThat(conform("--list", "--filter", "FRM-DEC-*")).isEqualTo(0);
        assertThat(out.toString()).startsWith("FRM-DEC-001").contains("frame.decode");
        assertThat(conform("--list", "--filter", "NO-SUCH-*")).isEqualTo(5);
    }

    @Test
    void aFilterThatMatchesNothingSaysWhatMayHaveBeenMeant() {
        assertThat(conform("--list", "--filter", "OPC-*")).isEqualTo(5);
        assertThat(err.toString()).contains("no case matches OPC-*; try req:OPC-*");
        assertThat(conform("--list", "--filter", "FRM-DEC")).isEqualTo(5);
        assertThat(err.toString()).contains("no case matches FRM-DEC; try FRM-DEC-*");
        assertThat(conform("--list", "--filter", "result:xx")).isEqualTo(2);
    }

    @Test
    void theCommandThatRepeatsAFailureKeepsWhatChangesTheVerdict() {
        List<String> toy = List.of("--mutant", "CHECKSUM_IGNORED");

        judge(toy, "--filter", "FRM-NEG-001", "--env", "A=b c", "--timeout", "7.5", "--strict");

        assertThat(out.toString()).contains("--env 'A=b c' --timeout 7.5 --strict --filter FRM-NEG-001");
        assertThat(out.toString()).contains("./p2p conform explain FRM-NEG-001");
    }

    @Test
    void explainKnowsErrorsLimitsAndExamplesAndClausesWithoutCases() {
        assertThat(conform("explain", "body")).isEqualTo(0);
        assertThat(conform("explain", "max-depth")).isEqualTo(0);
        assertThat(conform("explain", "frame-whisper")).isEqualTo(0);
        assertThat(conform("explain", "STR-4")).isEqualTo(0);
        assertThat(out.toString())
                .contains(
                        "Clauses that end in it: ",
                        "max-depth: 64 levels",
                        "an example of FRM-1",
                        "No case of the suite");
        assertThat(conform("explain", "FRM-NEG-9999")).isEqualTo(2);
        assertThat(err.toString()).contains("near it: FRM-NEG-0");
    }

    @Test
    void explainTellsOfEveryClauseItsTextItsCasesAndTheTestsThatCiteIt() { // EXT-3, FRM-5
        assertThat(conform("explain", "EXT-3")).isEqualTo(0);
        assertThat(out.toString()).contains("EXT-3 (MUST)", "protocol-spec/08-versions-and-extensions.md");
        assertThat(conform("explain", "FRM-5")).isEqualTo(0);
        assertThat(out.toString()).contains("FRM-5 (MUST)", "Cases:\n");
    }

    @Test
    void aClauseWithoutCasesIsExplainedByWhereTheSourcesSpeakOfIt() { // EXT-3
        Path root = Path.of(System.getProperty("p2p.root", "../.."));

        List<String> lines = new ExplainCommand.Citations(root).of("EXT-3");

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("protocol-spec/08-versions-and-extensions.md:")
                        .contains("Nothing of an extension is broadcast"))
                .anySatisfy(line -> assertThat(line).contains("src/test/java"));
        assertThat(new ExplainCommand.Citations(root.resolve("nowhere")).of("EXT-3"))
                .isEmpty();
    }

    @Test
    void explainGivesOffsetsAsTheFrameAndAsTheMessageCountThem() {
        assertThat(conform("explain", "FRM-NEG-013")).isEqualTo(0);
        assertThat(out.toString()).containsPattern("byte (\\d+) = offset \\d+ of the bare message");
    }

    @Test
    void jsonComesAlone() {
        assertThat(judge(List.of(), "--filter", "FRM-DEC-001", "--json")).isEqualTo(0);
        assertThat(out.toString()).startsWith("{").contains("\"FRM-DEC-001\"");
    }

    @Test
    void aFuzzRunAgreesWithTheModelAndCatchesADefect() {
        assertThat(judge(List.of(), "--filter", "FRM-DEC-001", "--fuzz", "200", "--seed", "7"))
                .isEqualTo(0);

        int exit = judge(
                List.of("--mutant", "TRAILING_IGNORED"),
                "--filter",
                "FRM-DEC-001",
                "--fuzz",
                "400",
                "--seed",
                "7",
                "--shrink");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("testee ACCEPTED, model says TRAILING", "seed 7");
    }

    @Test
    void shrinkingTellsASmallerFrameThatFailsAlike() {
        int exit = judge(List.of("--mutant", "TRAILING_IGNORED"), "--filter", "FRM-NEG-013", "--shrink", "--json");

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("the smallest frame that fails alike has");
    }

    @Test
    void aDirectoryOfOtherVectorsIsUsed() throws IOException {
        Files.createDirectories(directory.resolve("vectors"));
        Path source = Path.of(System.getProperty("p2p.root", "../..")).resolve("test-vectors");
        Files.copy(source.resolve("manifest.json"), directory.resolve("manifest.json"));
        for (String name : Suite.load().hashes().keySet()) {
            Files.copy(source.resolve(name), directory.resolve(name));
        }

        assertThat(judge(List.of(), "--vectors", directory.toString(), "--filter", "FRM-DEC-001"))
                .isEqualTo(0);
        assertThat(out.toString()).contains("(" + directory + ")");
        assertThat(judge(List.of(), "--vectors", "no-such-directory")).isEqualTo(3);
    }

    @Test
    void explainShowsClauseBytesAnswerAndMistake() {
        assertThat(conform("explain", "FRM-NEG-013")).isEqualTo(0);
        assertThat(out.toString())
                .contains("MPK-10 (MUST)", "checksum", "TRAILING", "Likely mistakes", "--filter FRM-NEG-013");

        assertThat(conform("explain", "mpk-10")).isEqualTo(0);
        assertThat(conform("explain", "FRM-NEG-999")).isEqualTo(2);
        assertThat(err.toString()).contains("FRM-NEG-999");
    }

    @Test
    void explainWithATesteeShowsItsAnswer() {
        String toy = command(List.of("--mutant", "TRAILING_IGNORED"));

        assertThat(conform("explain", "FRM-NEG-013", "--testee", toy)).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL", "Answer    {\"id\":2,\"ok\"");
    }

    @Test
    void whatATesteeDoesNotOfferIsToldInOnePlace() {
        assertThat(judge(List.of(), "--filter", "FRM-DEC-001 | LIV-MSH-016 | LIV-MSH-018"))
                .isZero();

        assertThat(out.toString()).contains("2 skipped; it does not offer what so many cases need:", "  node.open (2)");
    }

    @Test
    void nextNamesTheOpenClause() {
        String toy = command(List.of("--mutant", "TRAILING_IGNORED"));

        assertThat(conform("next", "--testee", toy)).isEqualTo(1);
        assertThat(out.toString()).contains("Next: MPK-10");

        assertThat(conform("next")).isEqualTo(2);
    }
}
