package today.p2p.conformance;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import today.p2p.conformance.process.Texts;
import today.p2p.report.CaseReport;
import today.p2p.report.OutcomeKind;
import today.p2p.report.RunReport;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;

/** Tells a run to a person: failures first, then the sums. */
final class Console {
    private static final int SHOWN_FAILURES = 20;
    private static final int SHOWN_IDS = 6;
    private static final int SHOWN_CHARS = 160;
    private static final int SHOWN_WIDTH = 110;
    private static final int FIRST_LINES = 3;
    private static final int LAST_LINES = 2;

    private final PrintWriter out;

    Console(PrintWriter out) {
        this.out = out;
    }

    void tell(RunReport report) {
        report.testees().forEach(testee -> failures(report, testee));
        report.testees().forEach(this::asides);
        totals(report);
        areas(report);
        out.flush();
    }

    private void failures(RunReport report, TesteeReport testee) {
        if (testee.trouble() != null) {
            out.println("TROUBLE  " + testee.info().label() + ": " + testee.trouble());
            out.println();
        }
        List<CaseReport> bad = testee.cases().stream()
                .filter(each -> each.verdict().isBad() && each.verdict() != Verdict.NOTRUN)
                .toList();
        bad.stream().limit(SHOWN_FAILURES).forEach(each -> failure(report, testee, each));
        if (bad.size() > SHOWN_FAILURES) {
            out.println("... and " + (bad.size() - SHOWN_FAILURES) + " more of "
                    + testee.info().label());
            out.println();
        }
        testee.complaints()
                .forEach(complaint -> out.println("COMPLAINT  " + testee.info().label() + "  " + complaint));
    }

    private void failure(RunReport report, TesteeReport testee, CaseReport found) {
        String clause = found.info().requirements().isEmpty()
                ? ""
                : found.info().requirements().get(0);
        out.printf(
                "%s  %s  %s  %s%n",
                found.verdict(),
                found.id(),
                testee.info().label(),
                found.info().note().comment());
        report.clause(clause).ifPresent(text -> out.println("  clause    " + clause + ": " + cut(text.text())));
        CaseReport.Finding finding = found.finding();
        out.println("  " + pad("why", 10) + cut(finding.cause() + ": " + finding.text()));
        line("at", finding.path());
        line("expected", finding.expected());
        line("got", finding.got());
        line(
                "printed",
                found.exchange().kind() == OutcomeKind.PROTOCOL
                        ? found.exchange().reply()
                        : null);
        String stderr = found.exchange().stderr().strip();
        firstAndLast(stderr.lines().toList()).forEach(each -> line("stderr", each));
        line("baseline", found.baseline());
        out.println("  repeat    " + testee.repeat(found));
        out.println("  more      ./p2p conform explain " + found.id());
        out.println();
    }

    /** Some runtimes tell the cause of a crash first, some last. */
    static List<String> firstAndLast(List<String> lines) {
        int left = lines.size() - FIRST_LINES - LAST_LINES;
        if (left <= 0) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, FIRST_LINES));
        shown.add("[... " + Texts.count(left, "line", "lines") + " ...]");
        shown.addAll(lines.subList(lines.size() - LAST_LINES, lines.size()));
        return shown;
    }

    private void line(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.println("  " + pad(name, 10) + cut(value));
        }
    }

    /** What does not fail the run but should be known: imprecise codes, what was left out and why. */
    private void asides(TesteeReport testee) {
        String label = testee.info().label();
        Map<Boolean, List<CaseReport>> imprecise = testee.imprecise().stream()
                .collect(
                        Collectors.partitioningBy(each -> each.finding().cause().equals(Examiner.OFFSET)));
        imprecise(label, "another error code than FRM-13 gives", imprecise.getOrDefault(false, List.of()));
        imprecise(label, "the right code at another offset than ERR-2 gives", imprecise.getOrDefault(true, List.of()));
        Map<String, List<CaseReport>> skipped = reasons(testee, Verdict.SKIP);
        skipped.forEach((why, cases) -> {
            if (!why.startsWith(Examiner.NOT_OFFERED)) {
                out.println(label + ": " + cases.size() + " skipped, " + why + ": " + ids(cases));
            }
        });
        notOffered(label, skipped);
        for (Verdict verdict : List.of(Verdict.INFO, Verdict.NEW, Verdict.XFAIL)) {
            List<CaseReport> cases = testee.cases().stream()
                    .filter(each -> each.verdict() == verdict)
                    .toList();
            if (!cases.isEmpty()) {
                out.println(
                        label + ": " + cases.size() + " " + verdict + " (" + verdict.meaning() + "): " + ids(cases));
            }
        }
    }

    /** All in one place: a testee that has just been begun lacks nearly everything. */
    private void notOffered(String label, Map<String, List<CaseReport>> skipped) {
        Map<String, Integer> needs = new LinkedHashMap<>();
        skipped.forEach((why, cases) -> {
            if (why.startsWith(Examiner.NOT_OFFERED)) {
                String what = why.substring(Examiner.NOT_OFFERED.length());
                needs.merge(what.contains(",") ? "several codecs" : what, cases.size(), Integer::sum);
            }
        });
        if (needs.isEmpty()) {
            return;
        }
        int count = needs.values().stream().mapToInt(Integer::intValue).sum();
        out.println(label + ": " + count + " skipped; " + Examiner.NOT_OFFERED + "what so many cases need:");
        StringBuilder line = new StringBuilder();
        needs.forEach((what, cases) -> {
            String word = "  " + what + " (" + cases + ")";
            if (line.length() + word.length() > SHOWN_WIDTH) {
                out.println(line);
                line.setLength(0);
            }
            line.append(word);
        });
        out.println(line);
    }

    private void imprecise(String label, String what, List<CaseReport> cases) {
        if (!cases.isEmpty()) {
            out.println(label + ": " + Texts.count(cases.size(), "refusal", "refusals") + " with " + what
                    + " (SHOULD): " + ids(cases));
        }
    }

    private static Map<String, List<CaseReport>> reasons(TesteeReport testee, Verdict verdict) {
        Map<String, List<CaseReport>> reasons = new LinkedHashMap<>();
        testee.cases().stream()
                .filter(each -> each.verdict() == verdict)
                .forEach(each -> reasons.computeIfAbsent(each.finding().text(), why -> new ArrayList<>())
                        .add(each));
        return reasons;
    }

    private static String ids(List<CaseReport> cases) {
        String ids = String.join(
                " ", cases.stream().limit(SHOWN_IDS).map(CaseReport::id).toList());
        return cases.size() > SHOWN_IDS ? ids + " ..." : ids;
    }

    private void totals(RunReport report) {
        Set<Verdict> used = new LinkedHashSet<>(List.of(Verdict.PASS, Verdict.FAIL, Verdict.SKIP));
        report.testees().forEach(testee -> used.addAll(testee.counts().keySet()));
        out.println();
        out.print(pad("testee", width(report)));
        used.forEach(verdict -> out.printf("%8s", verdict));
        out.printf("%10s%9s%n", "restarts", "time");
        for (TesteeReport testee : report.testees()) {
            Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
            counts.putAll(testee.counts());
            out.print(pad(testee.info().label(), width(report)));
            used.forEach(verdict -> out.printf("%8d", counts.getOrDefault(verdict, 0)));
            out.printf("%10d%9s%n", testee.restarts(), Texts.seconds(testee.elapsed()));
        }
    }

    /** Passed of judged, by area of the cases, which is what a filter calls area. */
    private void areas(RunReport report) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (TesteeReport testee : report.testees()) {
            Map<String, int[]> sums = new TreeMap<>();
            testee.cases()
                    .forEach(each -> count(sums.computeIfAbsent(each.info().area(), area -> new int[2]), each));
            sums.forEach((area, sum) -> rows.computeIfAbsent(area, any -> new ArrayList<>())
                    .add(sum[1] == 0 ? "-" : sum[0] + "/" + sum[1]));
        }
        out.println();
        out.print(pad("area", 6));
        report.testees().forEach(testee -> out.printf("%14s", cut(testee.info().label(), 12)));
        out.println();
        rows.forEach((area, cells) -> {
            out.print(pad(area, 6));
            cells.forEach(cell -> out.printf("%14s", cell));
            out.println();
        });
    }

    private static void count(int[] sum, CaseReport found) {
        if (found.verdict() == Verdict.PASS) {
            sum[0]++;
        }
        if (found.verdict() != Verdict.SKIP) {
            sum[1]++;
        }
    }

    private static int width(RunReport report) {
        return report.testees().stream()
                        .mapToInt(testee -> testee.info().label().length())
                        .max()
                        .orElse(6)
                + 2;
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }

    static String cut(String text) {
        return cut(text.replace('\n', ' '), SHOWN_CHARS);
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars - 3) + "...";
    }
}
