package today.p2p.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the results that tells of one testee. */
final class TesteeJson {
    private static final int NAME = 200;

    private TesteeJson() {}

    static ObjectNode of(TesteeReport testee, Map<String, CaseReport> cases) {
        ObjectNode json = ResultsJson.object()
                .put("label", Shown.cut(testee.info().label(), NAME))
                .put("command", ResultsJson.cut(testee.info().command()))
                .put("repeat", ResultsJson.cut(testee.repeat()))
                .put("standing", testee.standing().name())
                .put("restarts", testee.restarts())
                .put("trouble", ResultsJson.cut(testee.trouble()))
                .put("elapsedMs", ResultsJson.millis(testee.elapsed()));
        json.set("complaints", ResultsJson.texts(testee.complaints()));
        TesteeReport.Hello hello = testee.info().hello();
        if (hello == null) {
            json.putNull("hello");
        } else {
            json.set("hello", hello(hello));
        }
        ObjectNode counts = json.putObject("counts");
        testee.counts().forEach((verdict, count) -> counts.put(verdict.name(), count.intValue()));
        ArrayNode results = json.putArray("results");
        for (CaseReport each : testee.cases()) {
            ObjectNode result = result(each);
            CaseReport told = cases.get(each.id());
            if (told != null && !told.bytes().equals(each.bytes())) {
                result.set("bytes", ResultsJson.views(each.bytes()));
            }
            results.add(result);
        }
        return json;
    }

    private static ObjectNode hello(TesteeReport.Hello hello) {
        ObjectNode json = ResultsJson.object()
                .put("name", Shown.cut(hello.name(), NAME))
                .put("version", Shown.cut(hello.version(), NAME))
                .put("language", Shown.cut(hello.language(), NAME));
        json.set("ops", ResultsJson.texts(hello.ops()));
        ArrayNode codecs = json.putArray("codecs");
        hello.codecs().forEach(codecs::add);
        json.set("roles", ResultsJson.texts(hello.abilities().roles()));
        json.set("dialects", ResultsJson.texts(hello.abilities().dialects()));
        return json;
    }

    private static ObjectNode result(CaseReport one) {
        CaseReport.Finding finding = one.finding();
        CaseReport.Exchange exchange = one.exchange();
        ObjectNode result = ResultsJson.object()
                .put("case", one.id())
                .put("verdict", one.verdict().name())
                .put("kind", exchange.kind().name())
                .put("elapsedMs", ResultsJson.millis(exchange.elapsed()));
        if (one.imprecise()) {
            result.put("imprecise", true);
        }
        boolean plain = one.verdict() == Verdict.PASS && !one.imprecise();
        told(result, "cause", Shown.cut(finding.cause(), NAME));
        told(result, "text", finding.text());
        told(result, "path", finding.path());
        told(result, "expected", finding.expected());
        told(result, "got", finding.got());
        told(result, "reply", plain ? ResultsJson.brief(exchange.reply()) : exchange.reply());
        told(result, "detail", exchange.detail());
        told(result, "stderr", exchange.stderr());
        told(result, "baseline", one.baseline());
        return result;
    }

    /** A field that says nothing is left out: most of a good run would be such fields. */
    private static void told(ObjectNode result, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            result.put(name, ResultsJson.cut(text));
        }
    }
}
