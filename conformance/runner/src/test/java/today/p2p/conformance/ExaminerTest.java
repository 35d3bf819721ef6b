package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import today.p2p.conformance.process.Json;
import today.p2p.conformance.process.Outcome;
import today.p2p.live.Finding;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;
import today.p2p.vectors.Case;
import today.p2p.vectors.Level;
import today.p2p.vectors.Result;
import tools.jackson.databind.JsonNode;

/** From a reply to a verdict. */
class ExaminerTest {
    private static final Specification SPECIFICATION = Specification.load();
    private static final String REFUSAL = "{\"err\":\"TRAILING\",\"offset\":13}";
    private static final String TEXT = "{\"ok\":{\"text\":\"21\"}}";

    private final Examiner examiner = new Examiner(SPECIFICATION, false, null);
    private final Examiner strict = new Examiner(SPECIFICATION, true, null);

    private static Question question(Level level, String expect) {
        JsonNode answer = Json.MAPPER.readTree(expect);
        return Question.of(new Case(
                "T-1",
                "test",
                List.of("B58-1"),
                level,
                "base58.encode",
                Json.MAPPER.readTree("{\"int\":\"58\",\"codecs\":[19,20]}"),
                answer.has("err") ? Result.INVALID : Result.VALID,
                answer,
                "",
                List.of(),
                "1.2",
                "by hand"));
    }

    private static Outcome reply(String line) {
        JsonNode reply = Json.MAPPER.readTree(line);
        OutcomeKind kind = reply.has("ok") ? OutcomeKind.OK : OutcomeKind.ERR;
        CaseReport.Exchange exchange = new CaseReport.Exchange("", line, kind, "", "", Duration.ZERO);
        return new Outcome(kind, reply, reply.path("err").asString(""), "", exchange);
    }

    private static String verdict(Examiner examiner, Level level, String expect, String reply) {
        CaseReport report = examiner.examine(question(level, expect), reply(reply));
        return (report.verdict() + " " + report.finding().cause()).strip();
    }

    @Test
    void anyRefusalOfWhatMustBeRefusedPassesAndAnotherCodeIsImprecise() {
        assertThat(verdict(examiner, Level.MUST, REFUSAL, REFUSAL)).isEqualTo("PASS");
        assertThat(verdict(examiner, Level.MUST, REFUSAL, "{\"err\":\"BODY\"}")).isEqualTo("PASS IMPRECISE.BODY");
        assertThat(verdict(strict, Level.MUST, REFUSAL, "{\"err\":\"BODY\"}")).isEqualTo("FAIL IMPRECISE.BODY");
    }

    /** What the kit or the machine could not do is charged to no testee. */
    @Test
    void aScriptThatTheKitCannotActIsNoFailureOfTheTestee() {
        Finding wrong = new Finding(Finding.Sort.INFRA, "INFRA", "the script is wrong", "", "", List.of(), List.of());
        TesteeRun.Asking.Result acted = new TesteeRun.Asking.Result(reply("{\"ok\":{}}"), wrong);

        CaseReport report = examiner.examine(question(Level.MUST, TEXT), acted);

        assertThat(report.verdict()).isEqualTo(Verdict.INFRA);
        assertThat(report.finding().text()).isEqualTo("the script is wrong");
    }

    @Test
    void anAnswerToWhatMustBeRefusedFails() {
        assertThat(verdict(examiner, Level.MUST, REFUSAL, TEXT)).isEqualTo("FAIL ACCEPTED");
    }

    @Test
    void aRefusalOfWhatMustBeAnsweredFailsWithItsCode() {
        assertThat(verdict(examiner, Level.MUST, TEXT, "{\"err\":\"RANGE\"}")).isEqualTo("FAIL REFUSED.RANGE");
    }

    @Test
    void aWrongValueFailsAndBothValuesAreShown() {
        CaseReport report = examiner.examine(question(Level.MUST, TEXT), reply("{\"ok\":{\"text\":\"z\"}}"));

        assertThat(report.finding().cause()).isEqualTo("VALUE.text");
        assertThat(report.finding().expected()).isEqualTo("\"21\"");
        assertThat(report.finding().got()).isEqualTo("\"z\"");
    }

    @Test
    void internalIsAFailureWhateverWasAskedAndAtEveryLevel() { // ERR-3
        assertThat(verdict(examiner, Level.MUST, REFUSAL, "{\"err\":\"INTERNAL\"}"))
                .isEqualTo("FAIL INTERNAL");
        assertThat(verdict(examiner, Level.MAY, REFUSAL, "{\"err\":\"INTERNAL\"}"))
                .isEqualTo("FAIL INTERNAL");
    }

    @Test
    void anErrorCodeOutsideTheRegistryFails() { // ERR-1
        assertThat(verdict(examiner, Level.MUST, REFUSAL, "{\"err\":\"OOPS\"}")).isEqualTo("FAIL CODE");
    }

    @Test
    void whatTheSpecificationLeavesOpenIsToldAndOnlyStrictCountsShould() {
        String wrong = "{\"ok\":{\"text\":\"z\"}}";

        assertThat(verdict(examiner, Level.SHOULD, TEXT, wrong)).isEqualTo("INFO VALUE.text");
        assertThat(verdict(strict, Level.SHOULD, TEXT, wrong)).isEqualTo("FAIL VALUE.text");
        assertThat(verdict(strict, Level.MAY, TEXT, wrong)).isEqualTo("INFO VALUE.text");
    }

    @Test
    void aCrashIsAFailureAtEveryLevel() { // ERR-3
        CaseReport.Exchange exchange =
                new CaseReport.Exchange("", null, OutcomeKind.CRASH, "exit code 1", "", Duration.ZERO);
        Outcome crash = new Outcome(OutcomeKind.CRASH, null, "", "exit code 1", exchange);

        assertThat(examiner.examine(question(Level.MAY, TEXT), crash).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aCaseThatNeedsACodecInUseThatIsNotOfferedIsNotAsked() {
        Question needsZlib = question(Level.MUST, TEXT);
        List<String> ops = List.of("base58.encode");

        assertThat(examiner.declined(needsZlib, ops, List.of(17)))
                .hasValueSatisfying(why -> assertThat(why).contains("codec 19 (zlib)"));
        // 20 is a reserved number: nobody offers it, and what happens to it is asked of everybody (CMP-4).
        assertThat(examiner.declined(needsZlib, ops, List.of(19))).isEmpty();
        assertThat(examiner.declined(needsZlib, List.of(), List.of(19))).contains("it does not offer base58.encode");
    }

    @Test
    void aLiveCaseIsAskedOfWhoListsTheRoleOfItsNode() {
        assertThat(liveOn("{}", "mesh")).isEmpty();
        assertThat(liveOn("{\"table\":\"chord\"}", "sync", "chord")).isEmpty();
        assertThat(liveOn("{\"table\":\"chord\"}", "mesh", "sync")).contains("it does not offer the role chord");
    }

    /** Why who has these roles need not act a script with such a node. */
    private Optional<String> liveOn(String node, String... roles) {
        JsonNode input = Json.MAPPER.readTree("{\"node\":" + node + ",\"peers\":{},\"steps\":[]}");
        JsonNode expect = Json.MAPPER.readTree("{\"ok\":{}}");
        Question live = Question.of(new Case(
                "T-2",
                "test",
                List.of("LNK-1"),
                Level.MUST,
                "live",
                input,
                Result.VALID,
                expect,
                "",
                List.of(),
                "1.2",
                ""));
        TesteeReport.Abilities abilities = new TesteeReport.Abilities(List.of(roles), List.of());
        List<String> ops = List.copyOf(live.ops());
        return examiner.declined(live, new TesteeReport.Hello("t", "1", "go", ops, List.of(), abilities));
    }

    @Test
    void aCaseNewerThanThePinIsNewWhateverItsAnswer() {
        Examiner pinned = new Examiner(SPECIFICATION, true, "1.1");

        assertThat(verdict(pinned, Level.MUST, TEXT, TEXT)).isEqualTo("NEW");
        assertThat(verdict(pinned, Level.MUST, TEXT, "{\"err\":\"RANGE\"}")).isEqualTo("NEW REFUSED.RANGE");
        assertThat(verdict(new Examiner(SPECIFICATION, true, "1.2"), Level.MUST, TEXT, TEXT))
                .isEqualTo("PASS");
    }

    @Test
    void aCaseThatTheKitCannotJudgeIsItsOwnFaultAndNotTheTestees() {
        Case unjudgeable = new Case(
                "T-2",
                "test",
                List.of("CMP-1"),
                Level.MUST,
                "codec.compress",
                Json.MAPPER.readTree("{}"),
                Result.VALID,
                Json.MAPPER.readTree("{\"ok\":{}}"),
                "",
                List.of(),
                "1.2",
                "by hand");

        CaseReport report = examiner.examine(Question.of(unjudgeable), reply("{\"ok\":{\"data\":\"00\"}}"));

        assertThat(report.verdict()).isEqualTo(Verdict.INFRA);
        assertThat(report.finding().cause()).isEqualTo("INFRA");
        assertThat(report.finding().text()).startsWith("the kit failed to judge this reply");
    }
}
