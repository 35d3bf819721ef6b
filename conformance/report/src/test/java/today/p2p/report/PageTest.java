package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.report.SampleRun.absent;
import static today.p2p.report.SampleRun.crashed;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.imprecise;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.testee;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTML page: complete without scripts, and harmless whatever a testee says. */
class PageTest {
    @Test
    void aClauseHasOneRowAndInItOneCellATestee() {
        String page = Reports.html(
                SampleRun.of(
                        testee("left", passed("FRM-NEG-013", "MPK-10"), failed("FRM-NEG-014", "MPK-10")),
                        testee("right", imprecise("FRM-NEG-013", "MPK-10"), passed("FRM-NEG-014", "MPK-10"))),
                null);

        assertThat(page).containsOnlyOnce("id=\"MPK-10\"");
        assertThat(page).contains("aria-label=\"MPK-10, left: 1 fail, 1 pass\"");
        assertThat(page).contains("aria-label=\"MPK-10, right: 1 imprecise, 1 pass\"");
        assertThat(page).contains("aria-label=\"FRM-7, left: no case\"");
    }

    @Test
    void aVerdictIsASymbolAndAWordAndNotOnlyAColour() {
        String page = Reports.html(SampleRun.of(testee("one", failed("FRM-NEG-013", "MPK-10"))), null);

        assertThat(page).contains("<span class=\"symbol\">✗</span> 1");
        assertThat(page).contains("not conformant");
    }

    @Test
    void aCaseWhoseClauseIsUnknownIsStillFound() {
        String page = Reports.html(SampleRun.of(testee("one", passed("XYZ-001", "XYZ-9"), passed("XYZ-002"))), null);

        assertThat(page).contains("id=\"XYZ-9\"").contains("id=\"XYZ-?\"");
    }

    @Test
    void aRunWithoutTesteesOrCasesIsAPageThatSaysSo() {
        assertThat(Reports.html(SampleRun.of(), null)).contains("Nothing was tested");
        assertThat(Reports.html(SampleRun.of(testee("idle")), null)).contains("idle: not tested");
    }

    @Test
    void aTesteeThatNeverAnsweredIsShownWithTheReason() {
        String page = Reports.html(SampleRun.of(absent("gone"), testee("here", crashed("FRM-DEC-001", "FRM-7"))), null);

        assertThat(page).contains("never said hello").contains("cannot be started: no such file");
        assertThat(page).contains("0 of 2 implementations conform");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "</script x='",
                "<!-- <script ",
                "]]>\u0000\u001b[31m\u202eevil\u2028\ud800",
                "\" onmouseover=\"alert(1)\" x=\"",
                "{{{results}}} {{#head}} `code` [a](javascript:alert(1)) **b**"
            })
    void textOfAStrangerNeverBecomesMarkup(String text) {
        String harmless = Reports.html(SampleRun.hostile("x"), null);

        HtmlCheck page = HtmlCheck.of(Reports.html(SampleRun.hostile(text), null));

        assertThat(page.faults).isEmpty();
        assertThat(page.elements).isEqualTo(HtmlCheck.of(harmless).elements);
        assertThat(page.attributes).noneMatch(each -> each.startsWith("on"));
    }

    @Test
    void controlsAndMarksThatTurnTheTextAreSpelledOut() {
        String page = Reports.html(SampleRun.hostile("a\u202eb\u0007c"), null);

        assertThat(page.contains("a\\u202eb\\u0007c")).isTrue();
        assertThat(page.chars()).doesNotContain(0x202e, 0x07);
    }

    @Test
    void everyElementOfThePageEnds() {
        Comparison earlier = new Comparison(
                "then",
                "",
                List.of(new Comparison.Change("one", "FRM-NEG-013", "PASS", "FAIL", Comparison.Direction.RED)));

        String page = Reports.html(SampleRun.of(testee("one", failed("FRM-NEG-013", "MPK-10"))), earlier);

        assertThat(HtmlCheck.of(page).faults).isEmpty();
        assertThat(page).contains("PASS → <b>FAIL</b>");
    }

    @Test
    void thePageAsksForNothingFromANetwork() {
        HtmlCheck page = HtmlCheck.of(Reports.html(SampleRun.large(), null));

        assertThat(page.attributes).noneMatch(each -> each.startsWith("src"));
        assertThat(page.attributes)
                .filteredOn(each -> each.startsWith("href="))
                .allMatch(each -> each.startsWith("href=#") || each.startsWith("href=data:"));
    }

    @Test
    void thePolicyAllowsTheScriptAndTheStyleOfThePageAndNothingElse() throws Exception {
        String page = Reports.html(SampleRun.of(), null).replace("&#x3D;", "=");

        assertThat(page)
                .contains("default-src 'none'; style-src '" + hash(between(page, "<style>", "</style>"))
                        + "'; script-src '" + hash(between(page, "<script>", "</script>")) + "'");
    }

    @Test
    void thePageCarriesTheSameResultsAsTheFile() throws IOException {
        RunReport report = SampleRun.hostile("</script>&amp;\ud83d\ude00");
        String page = Reports.html(report, null);

        assertThat(carried(page)).isEqualTo(new JsonMapper().readTree(Reports.json(report)));
    }

    @Test
    void aLongTextIsCutAndItsLengthStated() throws IOException {
        String page = Reports.html(SampleRun.hostile("ab".repeat(50_000)), null);

        assertThat(page.length()).isLessThan(200_000);
        assertThat(carried(page).toString()).contains("(cut: 100000 characters in all)");
    }

    /** A page opens from a mail and from a slow disk: 2 MB for 3552 cases and two testees, so 500 bytes a case. */
    @Test
    void aCaseMakesThePageNoMoreThanFiveHundredBytesLarger() {
        RunReport large = SampleRun.large();
        int cases = ResultsJson.cases(large.testees()).size();

        int growth = Reports.html(large, null).length()
                - Reports.html(SampleRun.of(), null).length();

        assertThat(growth / cases).isLessThan(500);
    }

    private static JsonNode carried(String page) throws IOException {
        byte[] packed = Base64.getDecoder()
                .decode(between(page, "<script type=\"application/gzip\" id=\"data\">", "</script>"));
        try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new JsonMapper().readTree(json);
        }
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
