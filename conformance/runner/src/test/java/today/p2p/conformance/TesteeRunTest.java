package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import today.p2p.conformance.process.ScriptedTestee;
import today.p2p.conformance.process.Trace;
import today.p2p.report.CaseReport;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;
import today.p2p.vectors.Case;
import today.p2p.vectors.Level;
import today.p2p.vectors.Result;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Faults are charged to the case that causes them, and cost no other case its turn. */
class TesteeRunTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofSeconds(3);

    private static Question question(String id, String op) {
        ObjectNode expect = JsonNodeFactory.instance.objectNode();
        expect.putObject("ok");
        return Question.of(new Case(
                id,
                "test",
                List.of("FRM-1"),
                Level.MUST,
                op,
                JsonNodeFactory.instance.objectNode(),
                Result.VALID,
                expect,
                "",
                List.of(),
                "1.0",
                "by hand"));
    }

    private static TesteeReport run(String mode, Duration deadline, int retries, Question... questions)
            throws InterruptedException {
        Examiner examiner = new Examiner(Specification.load(), false, null);
        TesteeRun.Settings settings = new TesteeRun.Settings(retries, false, List.of(), Trace.NONE);
        return new TesteeRun(ScriptedTestee.launch(mode, deadline), examiner, settings, Progress.SILENT)
                .run(List.of(questions));
    }

    private static List<String> verdicts(TesteeReport report) {
        return report.cases().stream().map(TesteeRunTest::verdict).toList();
    }

    private static String verdict(CaseReport report) {
        return (report.id() + " " + report.verdict() + " " + report.finding().cause()).strip();
    }

    private static final Question BEFORE = question("A", "echo");
    private static final Question ACT = question("B", "act");
    private static final Question AFTER = question("C", "echo");

    @Test
    void aCrashIsChargedToItsCaseAndTheNextOneRuns() throws Exception {
        TesteeReport report = run("exit", PATIENT, 0, BEFORE, ACT, AFTER);

        assertThat(verdicts(report)).containsExactly("A PASS", "B FAIL CRASH", "C PASS");
        assertThat(report.cases().get(1).exchange().stderr()).contains("the last words");
        assertThat(report.trouble()).isNull();
    }

    @Test
    void aHangIsChargedToItsCaseAndTheNextOneRuns() throws Exception {
        TesteeReport report = run("hang", BRIEF, 0, BEFORE, ACT, AFTER);

        assertThat(verdicts(report)).containsExactly("A PASS", "B FAIL TIMEOUT", "C PASS");
    }

    @Test
    void outputAfterAnAnswerIsChargedToThatAnswerAndNotToTheNext() throws Exception {
        TesteeReport report = run("stray-after", PATIENT, 0, BEFORE, ACT, AFTER);

        assertThat(verdicts(report)).containsExactly("A PASS", "B FAIL PROTOCOL", "C PASS");
        assertThat(report.cases().get(1).finding().text()).startsWith("after its answer: ");
    }

    @Test
    void aDeathAfterAnAnswerIsChargedToThatAnswerAndNotToTheNext() throws Exception {
        TesteeReport report = run("exit-after", PATIENT, 0, BEFORE, ACT, AFTER);

        assertThat(verdicts(report)).containsExactly("A PASS", "B FAIL CRASH", "C PASS");
    }

    @Test
    void anOperationThatIsNotOfferedIsNotAsked() throws Exception {
        TesteeReport report = run("good", PATIENT, 0, question("X", "chord.owner"), AFTER);

        assertThat(verdicts(report)).containsExactly("X SKIP", "C PASS");
        assertThat(report.cases().get(0).finding().text()).contains("does not offer chord.owner");
    }

    @Test
    void aTesteeThatFaultsMoreThanTwentyFiveTimesIsGivenUp() throws Exception {
        Question[] questions = Stream.generate(() -> ACT).limit(30).toArray(Question[]::new);

        TesteeReport report = run("abort", PATIENT, 0, questions);

        assertThat(report.counts()).isEqualTo(Map.of(Verdict.FAIL, 26, Verdict.NOTRUN, 4));
        assertThat(report.trouble()).contains("given up after 26 faults");
        assertThat(Exit.of(List.of(report))).isEqualTo(Exit.TROUBLE);
    }

    @Test
    void anOperationThatHelloOffersAndNoopAnswersFails() throws Exception {
        TesteeReport report = run("noop", PATIENT, 0, ACT);

        assertThat(verdicts(report)).containsExactly("B FAIL NOOP");
        assertThat(report.cases().get(0).finding().text()).contains("hello offers act");
    }

    @Test
    void aFaultThatOnlyEarlierRequestsExplainIsToldSo() throws Exception {
        TesteeReport report = run("exit-at-third", PATIENT, 0, BEFORE, question("B2", "echo"), AFTER);

        assertThat(report.cases().get(2).finding().text())
                .startsWith("asked alone on a new process it answered; the cause lies in earlier requests: ");
    }

    @Test
    void anUncleanEndIsAComplaintAndTheAnswersStand() throws Exception {
        TesteeReport report = run("exit-3-at-the-end", PATIENT, 0, BEFORE);

        assertThat(verdicts(report)).containsExactly("A PASS");
        assertThat(report.trouble()).isNull();
        assertThat(report.complaints()).singleElement().asString().contains("at its end", "exit code 3");
        assertThat(Exit.of(List.of(report))).isEqualTo(Exit.FAILED);
    }

    @Test
    void withoutAnAnswerToHelloNothingRuns() throws Exception {
        TesteeReport report = run("exit-at-hello", PATIENT, 0, BEFORE, AFTER);

        assertThat(verdicts(report)).containsExactly("A NOTRUN", "C NOTRUN");
        assertThat(report.trouble()).contains("no good answer to hello: CRASH", "exit code 9", "no such module");
    }

    @Test
    void aPassAtARepetitionIsFlaky(@TempDir Path directory) throws Exception {
        TesteeReport report = run("flaky:" + directory.resolve("seen"), PATIENT, 1, BEFORE, ACT);

        assertThat(verdicts(report)).containsExactly("A PASS", "B FLAKY REFUSED.BODY");
        assertThat(Exit.of(List.of(report))).isEqualTo(Exit.FAILED);
    }

    @Test
    void withoutRetryNothingIsRepeated(@TempDir Path directory) throws Exception {
        TesteeReport report = run("flaky:" + directory.resolve("seen"), PATIENT, 0, BEFORE, ACT);

        assertThat(verdicts(report)).containsExactly("A PASS", "B FAIL REFUSED.BODY");
    }
}
