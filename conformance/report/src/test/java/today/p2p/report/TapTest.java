package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.report.SampleRun.expectedToFail;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.skipped;
import static today.p2p.report.SampleRun.testee;

import org.junit.jupiter.api.Test;

/** TAP 14 and the badge. */
class TapTest {
    private static final RunReport REPORT = SampleRun.of(testee(
            "one",
            passed("FRM-NEG-001", "FRM-7"),
            failed("FRM-NEG-002", "FRM-7"),
            skipped("FRM-NEG-003", "FRM-7"),
            expectedToFail("FRM-NEG-004", "FRM-7")));

    @Test
    void aTesteeIsASubtestWithAPlan() {
        assertThat(Reports.tap(REPORT))
                .startsWith("TAP version 14\n1..1\n# Subtest: one\n    1..4\n    ok 1 - FRM-NEG-001");
        assertThat(Reports.tap(REPORT)).endsWith("not ok 1 - one\n");
    }

    @Test
    void whatIsSkippedAndWhatIsExpectedToFailCarryTheirDirectives() {
        assertThat(Reports.tap(REPORT)).containsPattern("    ok 3 - FRM-NEG-003.* # SKIP no lzma here\n");
        assertThat(Reports.tap(REPORT)).containsPattern("    not ok 4 - FRM-NEG-004.* # TODO accepted");
    }

    @Test
    void aFailureIsExplainedInADiagnosticBlock() {
        assertThat(Reports.tap(REPORT))
                .containsPattern(
                        "    not ok 2 - FRM-NEG-002.*\n      ---\n      verdict: fail\n      cause: \"ACCEPTED\"\n");
    }

    @Test
    void textOfAStrangerCannotBeginALineOrADirective() {
        String tap = Reports.tap(SampleRun.hostile("x\nok 99 - forged # SKIP \" \\"));

        assertThat(tap.lines()).noneMatch(line -> line.startsWith("ok 99"));
        assertThat(tap).contains("ok 99 - forged \\# SKIP \" \\\\");
    }

    @Test
    void theBadgeCountsWhatPassed() {
        assertThat(Reports.badge(REPORT))
                .contains("\"message\":\"1 of 4 pass\"")
                .contains("\"color\":\"red\"");
        assertThat(Reports.badge(SampleRun.of())).contains("nothing ran");
    }
}
