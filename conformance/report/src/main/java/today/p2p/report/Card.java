package today.p2p.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The summary of one testee at the head of the page.
 *
 * @param tone the class that colours it
 * @param trouble why it could not be tested, or what is wrong with its baseline; empty when nothing is
 */
record Card(String name, String made, Headline headline, List<Part> parts, List<Fact> facts, List<String> trouble) {

    /** The standing in one symbol, two words and a sentence. */
    record Headline(String tone, String symbol, String title, String meaning) {}

    /** One stretch of the bar, in thousandths of its width, and its line of the counts. */
    record Part(String mark, String tone, String symbol, String word, int count, int from, int width) {}

    /** A line of small print. */
    record Fact(String name, String value) {}

    static Card of(TesteeReport testee, Map<Integer, String> codecs) {
        TesteeReport.Hello hello = testee.info().hello();
        String made = hello == null
                ? "never said hello"
                : Shown.line(hello.version(), 40) + " · " + Shown.line(hello.language(), 40);
        return new Card(
                Page.name(testee),
                made,
                headline(testee),
                parts(Tally.of(testee.cases())),
                facts(testee, codecs),
                trouble(testee));
    }

    private static Headline headline(TesteeReport testee) {
        Standing standing = testee.standing();
        Mark mark = switch (standing) {
            case CONFORMANT, PARTIAL -> Mark.PASS;
            case EXPECTED -> Mark.XFAIL;
            case FAILING -> Mark.FAIL;
            case UNTESTED -> Mark.INFRA;
        };
        return new Headline(mark.tone(), mark.symbol(), standing.title(), standing.meaning());
    }

    private static List<Part> parts(Tally tally) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int seen = 0;
        for (Mark mark : tally.marks()) {
            seen += tally.of(mark);
            int to = (int) Math.round(1000.0 * seen / tally.total());
            parts.add(new Part(mark.name(), mark.tone(), mark.symbol(), mark.word(), tally.of(mark), from, to - from));
            from = to;
        }
        return parts;
    }

    private static List<Fact> facts(TesteeReport testee, Map<Integer, String> codecs) {
        List<Fact> facts = new ArrayList<>();
        TesteeReport.Hello hello = testee.info().hello();
        if (hello != null) {
            String known = hello.codecs().stream()
                    .limit(20)
                    .map(number -> codecs.getOrDefault(number, "codec " + number))
                    .collect(Collectors.joining(", "));
            facts.add(new Fact("codecs", known.isEmpty() ? "none" : known));
            facts.add(new Fact("operations", Integer.toString(hello.ops().size())));
        }
        facts.add(new Fact("time", seconds(testee.elapsed())));
        facts.add(new Fact("restarts", Integer.toString(testee.restarts())));
        facts.add(new Fact("command", Shown.line(testee.info().command(), 300)));
        return facts;
    }

    private static List<String> trouble(TesteeReport testee) {
        List<String> lines = new ArrayList<>();
        if (testee.trouble() != null) {
            lines.add(Shown.text(testee.trouble(), 2000));
        }
        testee.complaints().stream().limit(50).forEach(each -> lines.add(Shown.line(each, 300)));
        return lines;
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
