package today.p2p.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import today.p2p.report.Comparison;
import today.p2p.report.Reports;
import today.p2p.report.RunReport;

/**
 * Where the findings of a run go.
 *
 * @param out the summary, or the JSON
 * @param directory the files; null for none
 * @param compare results of an earlier run; null for none
 */
record Telling(
        PrintWriter out, @Nullable Path directory, @Nullable Path compare, boolean json, boolean quiet) {

    /** Writes the reports and says what was found. Returns the exit code. */
    int tell(Judgement judgement) throws IOException {
        RunReport report = judgement.report(directory != null || json);
        Comparison comparison = compare == null ? null : Comparison.with(compare, report);
        if (directory != null) {
            Reports.writeAll(report, comparison, directory);
            if (!judgement.fuzzed().isEmpty()) {
                Files.writeString(directory.resolve("fuzz.json"), FuzzReport.json(judgement.fuzzed()));
            }
        }
        int exit = report.run().exitCode();
        if (json) {
            out.println(Reports.json(report));
        } else if (!quiet || exit != Exit.CONFORMANT) {
            summary(report, comparison, judgement);
        }
        return exit;
    }

    private void summary(RunReport report, @Nullable Comparison comparison, Judgement judgement) {
        new Console(out).tell(report);
        if (comparison != null) {
            comparison.lines().forEach(out::println);
        }
        judgement.fuzzed().forEach(each -> each.tell(out));
        out.println();
        out.println("suite " + report.suite().version() + " (" + report.suite().source() + "), protocol "
                + report.suite().protocol() + ", seed "
                + report.run().settings().seed() + ", self-check "
                + (report.selfCheck().ran() ? "passed" : "left out"));
        if (directory != null) {
            out.println("report: " + directory.resolve("index.html"));
        }
        out.println(verdict(report.run().exitCode()));
    }

    private static String verdict(int exit) {
        return switch (exit) {
            case Exit.CONFORMANT -> "CONFORMANT: nothing failed that was asked.";
            case Exit.FAILED -> "NOT CONFORMANT.";
            case Exit.NOTHING_RAN -> "NOTHING RAN: the testees skipped every case.";
            default -> "NOT JUDGED: see TROUBLE above.";
        };
    }
}
