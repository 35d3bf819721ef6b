package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.report.SampleRun.absent;
import static today.p2p.report.SampleRun.crashed;
import static today.p2p.report.SampleRun.expectedToFail;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.imprecise;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.skipped;
import static today.p2p.report.SampleRun.testee;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** results.json and its schema. */
class ResultsJsonTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ResultsJsonTest.class.getResourceAsStream("results.schema.json"));

    private static final RunReport MIXED = SampleRun.of(
            testee(
                    "one",
                    passed("FRM-NEG-013", "MPK-10"),
                    failed("FRM-NEG-014", "MPK-10"),
                    crashed("FRM-NEG-015", "MPK-10"),
                    imprecise("FRM-NEG-016", "MPK-10"),
                    expectedToFail("FRM-NEG-017", "MPK-10"),
                    skipped("FRM-NEG-018", "MPK-10")),
            testee("two", passed("FRM-NEG-013", "MPK-10")),
            absent("three"));

    @Test
    void theResultsOfARunFollowTheSchema() {
        assertThat(SCHEMA.validate(Reports.json(MIXED), InputFormat.JSON)).isEmpty();
    }

    @Test
    void anEmptyRunAndALargeOneFollowTheSchema() {
        assertThat(SCHEMA.validate(Reports.json(SampleRun.of()), InputFormat.JSON))
                .isEmpty();
        assertThat(SCHEMA.validate(Reports.json(SampleRun.large()), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void hostileTextFollowsTheSchemaAndComesBackAsItWas() {
        String text = "</script>\u0000\u202e\ud800 \"\\ \ud83d\ude00";

        String json = Reports.json(SampleRun.hostile(text));

        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        JsonNode result = tree(json).path("testees").path(0).path("results").path(0);
        assertThat(result.path("stderr").asString()).isEqualTo(text);
    }

    @Test
    void theSchemaRefusesAWordThatIsNotAVerdict() {
        ObjectNode tree = ResultsJson.tree(MIXED);
        ((ObjectNode) tree.path("testees").path(0).path("results").path(0)).put("verdict", "MAYBE");

        assertThat(SCHEMA.validate(tree)).isNotEmpty();
    }

    @Test
    void theSchemaRefusesANameThatItDoesNotKnow() {
        assertThat(SCHEMA.validate(ResultsJson.tree(MIXED).put("extra", 1))).isNotEmpty();
    }

    @Test
    void theTextIsPlainAscii() {
        assertThat(Reports.json(SampleRun.hostile("é\ud83d\ude00\ud800"))).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void aCaseIsToldOnceAndEachTesteeRefersToIt() {
        JsonNode tree = tree(Reports.json(MIXED));

        assertThat(tree.path("cases").size()).isEqualTo(6);
        assertThat(tree.path("cases").path(0).path("id").asString()).isEqualTo("FRM-NEG-013");
        assertThat(tree.path("testees")
                        .path(1)
                        .path("results")
                        .path(0)
                        .path("case")
                        .asString())
                .isEqualTo("FRM-NEG-013");
    }

    @Test
    void bytesThatOnlyOneTesteeHasStandWithItsResult() {
        CaseReport shared = passed("FRM-NEG-013", "MPK-10");
        CaseReport other = new CaseReport(
                shared.info(),
                shared.verdict(),
                shared.finding(),
                shared.exchange(),
                java.util.List.of(new CaseReport.HexView("ok.frame", "00", 1, java.util.List.of(), -1)),
                null);

        JsonNode tree = tree(Reports.json(SampleRun.of(testee("one", shared), testee("two", other))));

        assertThat(tree.at("/testees/0/results/0").has("bytes")).isFalse();
        assertThat(tree.at("/testees/1/results/0/bytes/0/title").asString()).isEqualTo("ok.frame");
    }

    @Test
    void aSeedOf64BitsIsTextSoThatNoReaderRoundsIt() {
        assertThat(tree(Reports.json(MIXED)).at("/run/seed").asString()).isEqualTo("9223372036854775807");
    }

    @Test
    void hashesHelloAndEnvironmentAreKept() {
        JsonNode tree = tree(Reports.json(MIXED));

        assertThat(tree.at("/suite/files/frame_decode.json").asString()).hasSize(64);
        assertThat(tree.at("/testees/0/hello/codecs").size()).isEqualTo(4);
        assertThat(tree.at("/testees/2/hello").isNull()).isTrue();
        assertThat(tree.at("/run/environment/os").asString()).isEqualTo("Linux 6.1 amd64");
    }

    @Test
    void theSameRunGivesTheSameText() {
        assertThat(Reports.json(MIXED)).isEqualTo(Reports.json(MIXED));
        assertThat(Reports.html(MIXED, null)).isEqualTo(Reports.html(MIXED, null));
    }

    private static JsonNode tree(String json) {
        return new JsonMapper().readTree(json);
    }
}
