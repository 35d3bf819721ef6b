package today.p2p.report;

import io.jstach.jstache.JStache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The page, as its template wants it. All of the matrix is in the HTML, so that it reads without scripts; what a click opens
 * is made from the embedded results when it is asked for.
 *
 * @param results the run as JSON, packed: gzip in Base64, a tenth of its size and nothing in it that could end an element
 */
@JStache(path = "today/p2p/report/page.mustache")
record Page(Head head, Choices choices, List<Matrix.Chapter> chapters, Proof proof, PageAssets assets, String results) {

    /** What stands above the matrix. */
    record Head(
            Title title,
            List<Card.Fact> facts,
            List<Card> cards,
            @Nullable Changes changes) {}

    /** What the page says first. */
    record Title(String headline, String tone, String symbol, String protocol, String lede) {}

    /** What the filters offer: only what occurs. */
    record Choices(List<Legend> marks, List<String> areas, List<String> flags, List<String> testees) {}

    /** One mark and what it means. */
    record Legend(String mark, String tone, String symbol, String word, String meaning) {}

    /** Why the run can be believed. */
    record Proof(List<Probe> probes, List<Mutant> mutants, String caught, List<Card.Fact> files, List<Legend> legend) {
        boolean hasMutants() {
            return !mutants.isEmpty();
        }
    }

    /** One testee of the self-check. */
    record Probe(String name, String expected, String got, String tone, String symbol) {}

    /** One deliberate defect and the cases that catch it. */
    record Mutant(String id, String defect, String clauses, List<String> caughtBy, String tone, String symbol) {}

    /** What differs from an earlier run. */
    record Changes(String since, String unmatched, List<Change> red, List<Change> green, List<Change> other) {
        boolean nothing() {
            return unmatched.isEmpty() && red.isEmpty() && green.isEmpty() && other.isEmpty();
        }
    }

    /** One case that has another verdict than before. */
    record Change(String testee, String id, String before, String after) {}

    static Page of(RunReport report, @Nullable Comparison earlier) {
        return new Page(
                PageHead.of(report, earlier),
                choices(report),
                Matrix.of(report),
                PageHead.proof(report),
                PageAssets.load(),
                packed(ResultsJson.compact(report)));
    }

    /** The name of a testee as it is shown: never empty, never long. */
    static String name(TesteeReport testee) {
        String name = Shown.line(testee.info().label(), 60).strip();
        return name.isEmpty() ? "(no name)" : name;
    }

    private static String packed(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail like this
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Choices choices(RunReport report) {
        List<CaseReport> all =
                report.testees().stream().flatMap(each -> each.cases().stream()).toList();
        return new Choices(
                legend(Tally.of(all).marks()),
                sorted(all.stream().map(each -> each.info().area())),
                sorted(all.stream().flatMap(each -> each.info().note().flags().stream())),
                report.testees().stream().map(Page::name).toList());
    }

    static List<Legend> legend(List<Mark> marks) {
        return marks.stream()
                .map(mark -> new Legend(mark.name(), mark.tone(), mark.symbol(), mark.word(), mark.meaning()))
                .toList();
    }

    private static List<String> sorted(Stream<String> texts) {
        return List.copyOf(texts.map(each -> Shown.line(each, 60)).collect(Collectors.toCollection(TreeSet::new)));
    }
}
