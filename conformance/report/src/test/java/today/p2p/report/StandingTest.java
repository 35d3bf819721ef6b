package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.report.SampleRun.absent;
import static today.p2p.report.SampleRun.crashed;
import static today.p2p.report.SampleRun.expectedToFail;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.imprecise;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.skipped;
import static today.p2p.report.SampleRun.testee;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the verdicts on a testee add up to. */
class StandingTest {
    private static final CaseReport PASSED = passed("FRM-DEC-001", "FRM-1");

    @Test
    void aTesteeConformsWhenEveryCasePassesHoweverImprecise() {
        assertThat(testee("one", PASSED, imprecise("FRM-NEG-013", "MPK-10")).standing())
                .isEqualTo(Standing.CONFORMANT);
    }

    @Test
    void oneFailureIsEnoughNotToConform() {
        assertThat(testee("one", PASSED, failed("FRM-NEG-013", "MPK-10")).standing())
                .isEqualTo(Standing.FAILING);
        assertThat(testee("one", crashed("FRM-NEG-013", "MPK-10")).standing()).isEqualTo(Standing.FAILING);
    }

    @Test
    void whatIsNotOfferedMakesItPartial() {
        assertThat(testee("one", PASSED, skipped("CMP-DEC-001", "CMP-4")).standing())
                .isEqualTo(Standing.PARTIAL);
    }

    @Test
    void aFailureThatTheBaselineExpectsIsNotConformance() {
        assertThat(testee("one", PASSED, expectedToFail("FRM-NEG-013", "MPK-10"))
                        .standing())
                .isEqualTo(Standing.EXPECTED);
    }

    @Test
    void nothingJudgedIsNothingKnown() {
        assertThat(testee("one").standing()).isEqualTo(Standing.UNTESTED);
        assertThat(absent("one").standing()).isEqualTo(Standing.UNTESTED);
        assertThat(testee("one", skipped("CMP-DEC-001", "CMP-4")).standing()).isEqualTo(Standing.UNTESTED);
    }

    @Test
    void aStaleLineOfTheBaselineIsAFailure() {
        TesteeReport good = testee("one", PASSED);
        TesteeReport stale = new TesteeReport(
                good.info(), good.cases(), 0, null, List.of("FRM-NEG-099 is not in the suite"), Duration.ZERO);

        assertThat(stale.standing()).isEqualTo(Standing.FAILING);
    }
}
