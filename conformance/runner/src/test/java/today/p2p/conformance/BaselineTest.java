package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import today.p2p.report.Verdict;

class BaselineTest {
    private static final LocalDate TODAY = LocalDate.of(2027, 2, 1);
    private static final List<String> IDS = List.of("FRM-1", "FRM-2");
    private static final String LINE = "FRM-1  cause=ACCEPTED  issue=http://x/7  until=2027-02-01";

    private static CaseReport found(String id, Verdict verdict, String cause) {
        return new CaseReport(
                new CaseReport.Info(
                        id,
                        List.of("FRM-7"),
                        "MUST",
                        new CaseReport.Call("frame.decode", "{}"),
                        new CaseReport.Expected("invalid", "{}"),
                        new CaseReport.Note("", List.of(), "1.0", "f.json")),
                verdict,
                new CaseReport.Finding(cause, "", null, null, null, false),
                new CaseReport.Exchange("", null, OutcomeKind.OK, "", "", Duration.ZERO),
                List.of(),
                null);
    }

    private static Baseline baseline(String... lines) {
        return Baseline.parse("known.txt", List.of(lines));
    }

    private static List<String> complaints(CaseReport found, LocalDate today) {
        Baseline baseline = baseline(LINE);
        return baseline.complaints(List.of(baseline.apply(found, today)), IDS, today);
    }

    @Test
    void aKnownFailureIsExpectedUpToItsDate() {
        CaseReport judged = baseline(LINE).apply(found("FRM-1", Verdict.FAIL, "ACCEPTED"), TODAY);

        assertThat(judged.verdict()).isEqualTo(Verdict.XFAIL);
        assertThat(judged.baseline()).isEqualTo(LINE);
        assertThat(complaints(found("FRM-1", Verdict.FAIL, "ACCEPTED"), TODAY)).isEmpty();
    }

    @Test
    void theDayAfterItsDateTheFailureCountsAgain() {
        LocalDate tomorrow = TODAY.plusDays(1);

        assertThat(baseline(LINE)
                        .apply(found("FRM-1", Verdict.FAIL, "ACCEPTED"), tomorrow)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(complaints(found("FRM-1", Verdict.FAIL, "ACCEPTED"), tomorrow))
                .singleElement()
                .asString()
                .contains("has passed");
    }

    @Test
    void anotherCauseIsNotExcused() {
        CaseReport judged = baseline(LINE).apply(found("FRM-1", Verdict.FAIL, "CRASH"), TODAY);

        assertThat(judged.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(complaints(found("FRM-1", Verdict.FAIL, "CRASH"), TODAY))
                .singleElement()
                .asString()
                .contains("CRASH, not ACCEPTED");
    }

    @Test
    void aSurprisingPassFails() {
        CaseReport judged = baseline(LINE).apply(found("FRM-1", Verdict.PASS, ""), TODAY);

        assertThat(judged.verdict()).isEqualTo(Verdict.XPASS);
        assertThat(judged.verdict().isBad()).isTrue();
    }

    @Test
    void aLineForNoCaseIsStale() {
        assertThat(baseline("FRM-9 cause=CRASH until=2030-01-01").complaints(List.of(), IDS, TODAY))
                .singleElement()
                .asString()
                .contains("FRM-9", "no such case");
    }

    @Test
    void aCaseThatTheFilterLeftOutIsNotHeldAgainstItsLine() {
        assertThat(baseline(LINE).complaints(List.of(), IDS, TODAY)).isEmpty();
    }

    @Test
    void aLineForASkippedCaseIsStale() {
        assertThat(complaints(found("FRM-1", Verdict.SKIP, ""), TODAY)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "FRM-1 until=2027-01-01, cause=",
        "FRM-1 cause=CRASH, until=",
        "FRM-1 cause=CRASH until=soon, not a date",
        "FRM-1 cause=CRASH until=2027-01-01 why=x, why=x",
    })
    void aLineThatCannotBeReadIsNamed(String line, String mistake) {
        assertThatThrownBy(() -> baseline("# head", line))
                .hasMessageContaining("known.txt:2")
                .hasMessageContaining(mistake);
    }

    @Test
    void twoLinesForOneCaseAreRefused() {
        assertThatThrownBy(() -> baseline(LINE, LINE)).hasMessageContaining("two lines");
    }

    @Test
    void anUpdateKeepsWhatHoldsDropsWhatPassesAndAddsWhatFails() {
        Baseline old = baseline(
                LINE,
                "FRM-2 cause=CRASH until=2027-05-05",
                "FRM-3 cause=CRASH issue=#3 until=2027-05-05",
                "GONE-1 cause=CRASH until=2027-05-05",
                "FRM-5 cause=CRASH until=2027-05-05");
        List<CaseReport> found = List.of(
                found("FRM-1", Verdict.FAIL, "ACCEPTED"),
                found("FRM-2", Verdict.PASS, ""),
                found("FRM-3", Verdict.FAIL, "TIMEOUT"),
                found("FRM-4", Verdict.FAIL, "VALUE.time"));

        String text = old.updated(found, List.of("FRM-1", "FRM-2", "FRM-3", "FRM-4", "FRM-5"), TODAY);

        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        LINE,
                        "FRM-3  cause=TIMEOUT  issue=#3  until=2027-05-02",
                        "FRM-5  cause=CRASH  until=2027-05-05",
                        "FRM-4  cause=VALUE.time  until=2027-05-02");
    }
}
