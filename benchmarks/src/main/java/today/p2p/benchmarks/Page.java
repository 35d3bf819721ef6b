package today.p2p.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes a run as {@code results.json} and as one self-contained page with charts. */
final class Page {
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
    private static final JsonMapper JSON = new JsonMapper();

    private Page() {}

    /**
     * @param subject what is measured, as in "benchmark of the serializer", with its article
     * @param runs what each JVM said, by its name
     * @param facts what a reader must know of the run: machine, heap, rounds
     */
    static void write(Path folder, String subject, Map<String, String> facts, Map<String, List<Goal.Outcome>> runs)
            throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        data.put("facts", facts);
        Map<String, Object> jvms = new LinkedHashMap<>();
        runs.forEach((jvm, outcomes) ->
                jvms.put(jvm, outcomes.stream().map(Page::row).toList()));
        data.put("runs", jvms);

        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("results.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(data));
        String json = JSON.writeValueAsString(data).replace("<", "\\u003c");
        Files.writeString(
                folder.resolve("index.html"),
                resource("/today/p2p/benchmarks/page.html")
                        .replace("/*SUBJECT*/", subject)
                        .replace("/*STYLE*/", resource("/today/p2p/benchmarks/page.css"))
                        .replace("/*CHARTS*/", resource(CHARTS))
                        .replace("/*SCRIPT*/", resource("/today/p2p/benchmarks/page.js"))
                        .replace("/*DATA*/", json));
    }

    private static Map<String, Object> row(Goal.Outcome outcome) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("group", outcome.goal().group());
        row.put("name", outcome.goal().name());
        row.put("bound", finite(outcome.goal().bound()));
        row.put("atMost", outcome.goal().atMost());
        row.put("reached", outcome.reached().orElse(null));
        row.put("ratio", ratio(outcome.ratio()));
        row.put("trouble", outcome.trouble().isEmpty() ? null : outcome.trouble());
        row.put("numerator", side(outcome.numerator()));
        row.put("denominator", side(outcome.denominator()));
        return row;
    }

    private static Map<String, Object> side(Measurement measurement) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("cell", measurement.cell().toString());
        side.put("unit", measurement.unit().toString());
        side.put(
                "values",
                Arrays.stream(measurement.values()).mapToObj(Page::finite).toList());
        side.put("median", finite(measurement.median()));
        side.put("allocatedBytes", finite(measurement.allocated()));
        return side;
    }

    private static Map<String, Object> ratio(Measurement.Ratio ratio) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("least", finite(ratio.least()));
        shown.put("median", finite(ratio.median()));
        shown.put("greatest", finite(ratio.greatest()));
        return shown;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
