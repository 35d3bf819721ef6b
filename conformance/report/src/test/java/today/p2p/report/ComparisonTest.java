package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.imprecise;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.testee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The difference between two runs. */
class ComparisonTest {
    @TempDir
    Path directory;

    @Test
    void aCaseThatFailsNowTurnedRedAndOneThatPassesNowTurnedGreen() throws IOException {
        Path before = written(testee("one", passed("FRM-1-A", "FRM-1"), failed("FRM-1-B", "FRM-1")));

        Comparison comparison = Comparison.with(
                before, SampleRun.of(testee("one", failed("FRM-1-A", "FRM-1"), passed("FRM-1-B", "FRM-1"))));

        assertThat(comparison.lines())
                .containsExactly(
                        "2 changes since 2026-11-21 10:00 UTC, suite 1.0.0",
                        "- FRM-1-A  PASS -> FAIL  (one)",
                        "+ FRM-1-B  FAIL -> PASS  (one)");
    }

    @Test
    void theSameRunHasNoChanges() throws IOException {
        Path before = written(testee("one", imprecise("FRM-1-A", "FRM-1")));

        Comparison comparison = Comparison.with(before, SampleRun.of(testee("one", imprecise("FRM-1-A", "FRM-1"))));

        assertThat(comparison.lines()).containsExactly("no change since 2026-11-21 10:00 UTC, suite 1.0.0");
    }

    @Test
    void becomingImpreciseIsForTheWorse() throws IOException {
        Path before = written(testee("one", passed("FRM-1-A", "FRM-1")));

        Comparison comparison = Comparison.with(before, SampleRun.of(testee("one", imprecise("FRM-1-A", "FRM-1"))));

        assertThat(comparison.changes().get(0).direction()).isEqualTo(Comparison.Direction.RED);
    }

    @Test
    void aNewCaseIsNeitherBetterNorWorseAndOneLeftOutIsNoChange() throws IOException {
        Path before = written(testee("one", passed("FRM-1-A", "FRM-1")));

        Comparison comparison = Comparison.with(before, SampleRun.of(testee("one", failed("FRM-1-B", "FRM-1"))));

        assertThat(comparison.changes())
                .containsExactly(new Comparison.Change("one", "FRM-1-B", "absent", "FAIL", Comparison.Direction.OTHER));
    }

    @Test
    void theOnlyTesteesOfTwoRunsAreComparedWhateverTheyAreCalled() throws IOException {
        Path before = written(testee("one", passed("FRM-1-A", "FRM-1")));

        assertThat(Comparison.with(before, SampleRun.of(testee("two", failed("FRM-1-A", "FRM-1"))))
                        .lines())
                .containsExactly("1 change since 2026-11-21 10:00 UTC, suite 1.0.0", "- FRM-1-A  PASS -> FAIL  (two)");
    }

    @Test
    void testeesWithoutACounterpartAreNamedAndAreNotCalledUnchanged() throws IOException {
        Path before = written(testee("one", passed("FRM-1-A", "FRM-1")));
        RunReport now =
                SampleRun.of(testee("two", failed("FRM-1-A", "FRM-1")), testee("six", failed("FRM-1-A", "FRM-1")));

        assertThat(Comparison.with(before, now).lines())
                .containsExactly("no testee in common (now two, six / before one)");
    }

    @Test
    void aFileThatIsNotSuchAResultIsRefusedWithTheReason() throws IOException {
        Path text = Files.writeString(directory.resolve("a.json"), "not json");
        Path other = Files.writeString(directory.resolve("b.json"), "{\"format\":\"another\"}");

        assertThatThrownBy(() -> Comparison.with(text, SampleRun.of())).hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> Comparison.with(other, SampleRun.of()))
                .hasMessageContaining("is not in the format p2p-conformance-results-1");
    }

    private Path written(TesteeReport testee) throws IOException {
        Reports.writeAll(SampleRun.of(testee), null, directory);
        return directory.resolve("results.json");
    }
}
