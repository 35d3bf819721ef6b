package today.p2p.report;

import java.util.List;

/** A run as TAP version 14, one subtest a testee. */
final class Tap {
    private final StringBuilder out = new StringBuilder("TAP version 14\n");

    private Tap() {}

    static String of(RunReport report) {
        Tap tap = new Tap();
        tap.plan("", report.testees().size());
        int number = 0;
        for (TesteeReport testee : report.testees()) {
            tap.subtest(++number, testee);
        }
        return tap.out.toString();
    }

    private void subtest(int number, TesteeReport testee) {
        String name = escape(Page.name(testee));
        out.append("# Subtest: ").append(name).append('\n');
        plan("    ", testee.cases().size());
        int at = 0;
        for (CaseReport one : testee.cases()) {
            point(++at, one);
        }
        boolean ok = testee.standing() != Standing.FAILING && testee.standing() != Standing.UNTESTED;
        out.append(ok ? "ok " : "not ok ").append(number).append(" - ").append(name);
        if (testee.cases().isEmpty()) {
            out.append(" # SKIP no case ran");
        }
        out.append('\n');
    }

    private void plan(String indent, int count) {
        out.append(indent).append("1..").append(count).append('\n');
    }

    private void point(int number, CaseReport one) {
        Mark mark = Mark.of(one);
        boolean ok = !mark.isBad() && mark != Mark.XFAIL;
        out.append("    ").append(ok ? "ok " : "not ok ").append(number).append(" - ");
        out.append(escape(Shown.line(one.id() + " " + one.info().note().comment(), 300)));
        switch (mark) {
            case SKIP, INFO, NEW -> directive("SKIP", one);
            case XFAIL -> directive("TODO", one);
            default -> {}
        }
        out.append('\n');
        if (!ok) {
            diagnose(one);
        }
    }

    private void directive(String word, CaseReport one) {
        out.append(" # ")
                .append(word)
                .append(' ')
                .append(escape(Shown.line(one.finding().text(), 200)));
    }

    private void diagnose(CaseReport one) {
        List<String> lines = List.of(
                "---",
                "verdict: " + Mark.of(one).word(),
                "cause: " + quoted(one.finding().cause()),
                "message: " + quoted(one.finding().text()),
                "...");
        lines.forEach(line -> out.append("      ").append(line).append('\n'));
    }

    /** In a description a number sign begins a directive; a backslash takes that away. */
    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("#", "\\#");
    }

    /** A YAML text in double quotes. */
    private static String quoted(String text) {
        return '"' + Shown.line(text, 500).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
