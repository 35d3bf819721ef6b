package today.p2p.report;

import tools.jackson.databind.node.ObjectNode;

/** One badge for a run, in the endpoint format of shields.io (schemaVersion 1). */
final class Badge {
    private Badge() {}

    static String of(RunReport report) {
        long passed = count(report, Mark.PASS) + count(report, Mark.IMPRECISE);
        long asked = report.testees().stream()
                .mapToLong(each -> Tally.of(each.cases()).total())
                .sum();
        boolean bad = report.run().exitCode() != 0;
        ObjectNode badge = ResultsJson.object()
                .put("schemaVersion", 1)
                .put("label", "p2p.today " + report.suite().protocol())
                .put("message", asked == 0 ? "nothing ran" : passed + " of " + asked + " pass")
                .put("color", asked == 0 ? "lightgrey" : bad ? "red" : "brightgreen")
                .put("isError", bad);
        return badge + "\n";
    }

    private static long count(RunReport report, Mark mark) {
        return report.testees().stream()
                .mapToLong(each -> Tally.of(each.cases()).of(mark))
                .sum();
    }
}
