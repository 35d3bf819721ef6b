package today.p2p.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the summary of a run and the evidence behind it for the page. */
final class PageHead {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PageHead() {}

    static Page.Head of(RunReport report, @Nullable Comparison earlier) {
        List<Card> cards = report.testees().stream()
                .map(each -> Card.of(each, report.names().codecs()))
                .toList();
        return new Page.Head(title(report), facts(report), cards, earlier == null ? null : changes(earlier));
    }

    static String time(Instant when) {
        return TIME.format(when);
    }

    private static Page.Title title(RunReport report) {
        List<TesteeReport> testees = report.testees();
        long good = testees.stream().filter(PageHead::conforms).count();
        boolean failing = testees.stream().anyMatch(each -> each.standing() == Standing.FAILING);
        Mark mark = good == testees.size() && good > 0 ? Mark.PASS : failing ? Mark.FAIL : Mark.INFRA;
        return new Page.Title(
                headline(testees, good),
                mark.tone(),
                mark.symbol(),
                report.suite().protocol(),
                lede(report));
    }

    private static String headline(List<TesteeReport> testees, long good) {
        if (testees.isEmpty()) {
            return "Nothing was tested";
        }
        if (testees.size() == 1) {
            TesteeReport only = testees.get(0);
            return Page.name(only) + ": " + only.standing().title();
        }
        return good == testees.size()
                ? "All " + good + " implementations conform"
                : good + " of " + testees.size() + " implementations conform";
    }

    private static boolean conforms(TesteeReport testee) {
        return testee.standing() == Standing.CONFORMANT || testee.standing() == Standing.PARTIAL;
    }

    private static String lede(RunReport report) {
        Set<String> clauses = new HashSet<>();
        var cases = ResultsJson.cases(report.testees());
        cases.values().forEach(each -> clauses.addAll(each.info().requirements()));
        long covered = report.clauses().stream()
                .filter(each -> clauses.contains(each.id()))
                .count();
        Set<String> left = report.testees().stream()
                .flatMap(each -> each.cases().stream())
                .filter(each -> each.verdict() == Verdict.SKIP || each.verdict() == Verdict.NOTRUN)
                .map(CaseReport::id)
                .collect(Collectors.toSet());
        return cases.size() + " of the suite's " + report.suite().cases() + " cases were chosen; they test " + covered
                + " of " + report.clauses().size() + " clauses of the specification. "
                + (left.isEmpty()
                        ? "Each was put to everyone."
                        : left.size() + " of them were skipped or not run by at least one implementation.");
    }

    private static List<Card.Fact> facts(RunReport report) {
        RunReport.Run run = report.run();
        RunReport.Settings settings = run.settings();
        RunReport.SelfCheck check = report.selfCheck();
        long good = check.probes().stream().filter(RunReport.Probe::passed).count();
        List<Card.Fact> facts = new ArrayList<>();
        facts.add(new Card.Fact(
                "suite", report.suite().version() + ", " + report.suite().source()));
        facts.add(new Card.Fact("date", time(run.started())));
        facts.add(new Card.Fact("took", Card.seconds(run.elapsed())));
        facts.add(new Card.Fact("seed", Long.toString(settings.seed())));
        if (!settings.filter().isEmpty()) {
            facts.add(new Card.Fact("filter", Shown.line(settings.filter(), 200)));
        }
        if (settings.pinned() != null) {
            facts.add(new Card.Fact("pinned to", settings.pinned()));
        }
        facts.add(new Card.Fact(
                "self-check",
                check.ran()
                        ? (check.passed() ? "✓ " : "✗ ") + good + " of "
                                + check.probes().size() + " probes as they must be"
                        : "⚠ left out"));
        facts.add(new Card.Fact("judging", settings.strict() ? "strict" : "MUST only"));
        facts.add(new Card.Fact("exit code", Integer.toString(run.exitCode())));
        facts.add(new Card.Fact("kit", run.environment().kit()));
        facts.add(new Card.Fact(
                "machine",
                run.environment().os() + ", " + run.environment().processors() + " cores, Java "
                        + run.environment().java()));
        return facts;
    }

    static Page.Proof proof(RunReport report) {
        List<Page.Probe> probes = report.selfCheck().probes().stream()
                .map(each -> new Page.Probe(
                        each.name(), each.expected(), each.got(), tone(each.passed()), symbol(each.passed())))
                .toList();
        List<Page.Mutant> mutants =
                report.mutants().stream().map(PageHead::mutant).toList();
        long caught = report.mutants().stream()
                .filter(each -> !each.caughtBy().isEmpty())
                .count();
        List<Card.Fact> files = new ArrayList<>();
        new TreeMap<>(report.suite().files()).forEach((name, hash) -> files.add(new Card.Fact(name, hash)));
        return new Page.Proof(
                probes, mutants, caught + " of " + mutants.size(), files, Page.legend(List.of(Mark.values())));
    }

    private static Page.Mutant mutant(RunReport.MutantRow row) {
        boolean caught = !row.caughtBy().isEmpty();
        return new Page.Mutant(
                row.id(), row.defect(), String.join(", ", row.clauses()), row.caughtBy(), tone(caught), symbol(caught));
    }

    private static Page.Changes changes(Comparison earlier) {
        return new Page.Changes(
                earlier.since(),
                earlier.unmatched(),
                changes(earlier, Comparison.Direction.RED),
                changes(earlier, Comparison.Direction.GREEN),
                changes(earlier, Comparison.Direction.OTHER));
    }

    private static List<Page.Change> changes(Comparison earlier, Comparison.Direction direction) {
        return earlier.changes().stream()
                .filter(each -> each.direction() == direction)
                .map(each -> new Page.Change(
                        Shown.line(each.testee(), 60),
                        Shown.line(each.caseId(), 60),
                        Shown.line(each.before(), 20),
                        Shown.line(each.after(), 20)))
                .toList();
    }

    private static String tone(boolean good) {
        return good ? Mark.PASS.tone() : Mark.FAIL.tone();
    }

    private static String symbol(boolean good) {
        return good ? Mark.PASS.symbol() : Mark.FAIL.symbol();
    }
}
