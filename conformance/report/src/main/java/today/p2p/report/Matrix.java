package today.p2p.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Implementations by requirements: one row a clause, grouped by chapter, one cell a testee. */
final class Matrix {
    private static final String ELSEWHERE = "Cases without a clause";

    private Matrix() {}

    /** A chapter of the specification, its clauses, and what all of its cases together say about each testee. */
    record Chapter(String title, List<Cell> totals, List<Row> rows) {}

    /** A clause. A row without cases stays, because a gap in the suite is a finding too. */
    record Row(String id, String level, List<ClauseText.Run> text, boolean empty, List<Cell> cells) {}

    /**
     * What some cases say about one testee.
     *
     * @param about the cell in words, for those who do not see it
     */
    record Cell(String tone, String symbol, String count, String of, String about) {}

    static List<Chapter> of(RunReport report) {
        Map<String, RunReport.Clause> clauses = new LinkedHashMap<>();
        report.clauses().forEach(each -> clauses.put(each.id(), each));
        for (CaseReport one : ResultsJson.cases(report.testees()).values()) {
            requirements(one).forEach(id -> clauses.putIfAbsent(id, unknown(id)));
        }
        List<Map<String, List<CaseReport>>> columns = report.testees().stream()
                .map(testee -> byClause(testee.cases()))
                .toList();
        Map<String, List<RunReport.Clause>> chapters = new LinkedHashMap<>();
        for (RunReport.Clause clause : clauses.values()) {
            chapters.computeIfAbsent(clause.chapter(), title -> new ArrayList<>())
                    .add(clause);
        }
        return chapters.entrySet().stream()
                .map(each -> chapter(each.getKey(), each.getValue(), report.testees(), columns))
                .toList();
    }

    private static Chapter chapter(
            String title,
            List<RunReport.Clause> clauses,
            List<TesteeReport> testees,
            List<Map<String, List<CaseReport>>> columns) {
        List<Cell> totals = new ArrayList<>();
        for (int at = 0; at < columns.size(); at++) {
            Map<String, CaseReport> once = new LinkedHashMap<>();
            for (RunReport.Clause clause : clauses) {
                columns.get(at).getOrDefault(clause.id(), List.of()).forEach(each -> once.put(each.id(), each));
            }
            totals.add(cell(title, Page.name(testees.get(at)), Tally.of(once.values())));
        }
        return new Chapter(
                title,
                totals,
                clauses.stream().map(clause -> row(clause, testees, columns)).toList());
    }

    private static Row row(
            RunReport.Clause clause, List<TesteeReport> testees, List<Map<String, List<CaseReport>>> columns) {
        List<Cell> cells = new ArrayList<>();
        boolean empty = true;
        for (int at = 0; at < columns.size(); at++) {
            List<CaseReport> cases = columns.get(at).getOrDefault(clause.id(), List.of());
            empty &= cases.isEmpty();
            cells.add(cell(clause.id(), Page.name(testees.get(at)), Tally.of(cases)));
        }
        return new Row(clause.id(), clause.level(), ClauseText.of(clause.text()), empty, cells);
    }

    private static Cell cell(String where, String testee, Tally tally) {
        if (tally.total() == 0) {
            return new Cell("none", "·", "", "", where + ", " + testee + ": no case");
        }
        Mark worst = tally.marks().get(0);
        int count = tally.of(worst);
        String of = count == tally.total() ? "" : "/" + tally.total();
        return new Cell(
                worst.tone(),
                worst.symbol(),
                Integer.toString(count),
                of,
                where + ", " + testee + ": " + tally.words());
    }

    private static Map<String, List<CaseReport>> byClause(List<CaseReport> cases) {
        Map<String, List<CaseReport>> sorted = new LinkedHashMap<>();
        for (CaseReport one : cases) {
            requirements(one)
                    .forEach(id -> sorted.computeIfAbsent(id, none -> new ArrayList<>())
                            .add(one));
        }
        return sorted;
    }

    /** A case that names no clause gets a row of its own area, so that it can be found. */
    private static List<String> requirements(CaseReport one) {
        List<String> named = one.info().requirements();
        return named.isEmpty() ? List.of(one.info().area() + "-?") : named;
    }

    private static RunReport.Clause unknown(String id) {
        return new RunReport.Clause(id, "", "This clause is not in the specification.", ELSEWHERE, "", List.of());
    }
}
