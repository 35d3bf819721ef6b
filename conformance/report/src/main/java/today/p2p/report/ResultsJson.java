package today.p2p.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as JSON, in the format of {@code results.schema.json}. Each case is told once and each testee's results refer to it.
 * Texts of a testee are kept as they are, cut to a length that is stated. The text is plain ASCII.
 */
final class ResultsJson {
    /** Names the format; a change that breaks a reader gets a new number. */
    static final String FORMAT = "p2p-conformance-results-1";

    private static final int LONG = 8192;
    private static final int BRIEF = 2048;
    private static final int SHORT = 1024;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ResultsJson() {}

    /** One line, for the page. */
    static String compact(RunReport report) {
        return MAPPER.writeValueAsString(tree(report));
    }

    /** Indented, for a file. */
    static String indented(RunReport report) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n";
    }

    static ObjectNode tree(RunReport report) {
        ObjectNode root = object().put("format", FORMAT);
        root.set("suite", suite(report.suite()));
        root.set("run", run(report.run()));
        root.set("selfCheck", selfCheck(report.selfCheck()));
        ArrayNode clauses = root.putArray("clauses");
        report.clauses().forEach(each -> clauses.add(clause(each)));
        root.set("errors", words(report.names().errors()));
        ObjectNode codecs = root.putObject("codecs");
        new TreeMap<>(report.names().codecs()).forEach((number, name) -> codecs.put(number.toString(), name));
        ArrayNode mutants = root.putArray("mutants");
        report.mutants().forEach(each -> mutants.add(mutant(each)));

        Map<String, CaseReport> cases = cases(report.testees());
        ArrayNode caseList = root.putArray("cases");
        cases.values().forEach(each -> caseList.add(theCase(each)));
        ArrayNode testees = root.putArray("testees");
        report.testees().forEach(each -> testees.add(TesteeJson.of(each, cases)));
        return root;
    }

    /** Every case once, in the order in which the testees met them. */
    static Map<String, CaseReport> cases(List<TesteeReport> testees) {
        Map<String, CaseReport> cases = new LinkedHashMap<>();
        for (TesteeReport testee : testees) {
            testee.cases().forEach(each -> cases.putIfAbsent(each.id(), each));
        }
        return cases;
    }

    private static ObjectNode suite(RunReport.Suite suite) {
        ObjectNode json = object().put("version", suite.version())
                .put("protocol", suite.protocol())
                .put("cases", suite.cases())
                .put("source", suite.source());
        json.set("files", words(suite.files()));
        return json;
    }

    private static ObjectNode run(RunReport.Run run) {
        RunReport.Environment here = run.environment();
        RunReport.Settings settings = run.settings();
        ObjectNode json = object().put("started", run.started().toString())
                .put("elapsedMs", millis(run.elapsed()))
                .put("seed", Long.toString(settings.seed()))
                .put("strict", settings.strict())
                .put("filter", settings.filter())
                .put("pinned", settings.pinned())
                .put("exitCode", run.exitCode());
        json.set("command", texts(run.command()));
        json.putObject("environment")
                .put("kit", here.kit())
                .put("os", here.os())
                .put("java", here.java())
                .put("processors", here.processors());
        return json;
    }

    private static ObjectNode selfCheck(RunReport.SelfCheck check) {
        ObjectNode json = object().put("ran", check.ran())
                .put("passed", check.passed())
                .put("elapsedMs", millis(check.elapsed()));
        ArrayNode probes = json.putArray("probes");
        for (RunReport.Probe probe : check.probes()) {
            probes.addObject()
                    .put("name", probe.name())
                    .put("expected", probe.expected())
                    .put("got", probe.got())
                    .put("passed", probe.passed());
        }
        return json;
    }

    private static ObjectNode clause(RunReport.Clause clause) {
        ObjectNode json = object().put("id", clause.id())
                .put("level", clause.level())
                .put("text", clause.text())
                .put("chapter", clause.chapter())
                .put("file", clause.file());
        json.set("errors", texts(clause.errors()));
        return json;
    }

    private static ObjectNode mutant(RunReport.MutantRow mutant) {
        ObjectNode json = object().put("id", mutant.id()).put("defect", mutant.defect());
        json.set("clauses", texts(mutant.clauses()));
        json.set("caughtBy", texts(mutant.caughtBy()));
        return json;
    }

    private static ObjectNode theCase(CaseReport one) {
        CaseReport.Info info = one.info();
        ObjectNode json = object().put("id", info.id())
                .put("area", info.area())
                .put("level", info.level())
                .put("op", info.call().op())
                .put("input", Shown.cut(info.call().input(), BRIEF))
                .put("result", info.expected().result())
                .put("expected", Shown.cut(info.expected().json(), BRIEF))
                .put("comment", info.note().comment())
                .put("since", info.note().since())
                .put("file", info.note().file());
        json.set("clauses", texts(info.requirements()));
        json.set("flags", texts(info.note().flags()));
        json.set("bytes", views(one.bytes()));
        return json;
    }

    static ArrayNode views(List<CaseReport.HexView> views) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (CaseReport.HexView view : views) {
            ObjectNode one = json.addObject()
                    .put("title", view.title())
                    .put("hex", view.hex().substring(0, Math.min(view.hex().length(), BRIEF)))
                    .put("total", view.total())
                    .put("errorAt", view.errorAt());
            ArrayNode ranges = one.putArray("ranges");
            view.ranges().stream()
                    .filter(range -> 2 * range.from() < BRIEF)
                    .forEach(range -> ranges.addArray()
                            .add(range.from())
                            .add(range.to())
                            .add(range.depth())
                            .add(range.name())
                            .add(Shown.cut(range.value(), SHORT)));
        }
        return json;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        texts.forEach(each -> json.add(Shown.cut(each, SHORT)));
        return json;
    }

    static @Nullable String brief(@Nullable String text) {
        return text == null ? null : Shown.cut(text, BRIEF);
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null ? null : Shown.cut(text, LONG);
    }

    static double millis(Duration elapsed) {
        return elapsed.toNanos() / 1000 / 1000.0;
    }

    private static ObjectNode words(Map<String, String> words) {
        ObjectNode json = object();
        new TreeMap<>(words).forEach(json::put);
        return json;
    }
}
