package today.p2p.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ways to tell what a run found. All text is for UTF-8 files; the same run gives the same text. Stateless. */
public final class Reports {
    private Reports() {}

    /** One HTML page that needs no network and no other file. */
    public static String html(RunReport report, @Nullable Comparison earlier) {
        return PageRenderer.of().execute(Page.of(report, earlier));
    }

    /** The whole run as JSON, in the format of {@code results.schema.json}. */
    public static String json(RunReport report) {
        return ResultsJson.indented(report);
    }

    /** JUnit XML, as continuous integration servers read it: a suite a testee, a class an area. */
    public static String junit(RunReport report) {
        return JUnitXml.of(report);
    }

    /** TAP 14: a subtest a testee. */
    public static String tap(RunReport report) {
        return Tap.of(report);
    }

    /** A badge in the endpoint format of shields.io. */
    public static String badge(RunReport report) {
        return Badge.of(report);
    }

    /**
     * Writes {@code index.html}, {@code results.json}, {@code junit.xml}, {@code results.tap} and {@code badge.json} into a
     * directory, which is made when it is not there.
     */
    public static void writeAll(RunReport report, @Nullable Comparison earlier, Path directory) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve("index.html"), html(report, earlier));
        write(directory.resolve("results.json"), json(report));
        write(directory.resolve("junit.xml"), junit(report));
        write(directory.resolve("results.tap"), tap(report));
        write(directory.resolve("badge.json"), badge(report));
    }

    /** Half a surrogate pair, which UTF-8 cannot say, becomes a question mark instead of an exception. */
    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
