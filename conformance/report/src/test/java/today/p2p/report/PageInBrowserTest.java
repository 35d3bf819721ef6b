package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static today.p2p.report.SampleRun.failed;
import static today.p2p.report.SampleRun.passed;
import static today.p2p.report.SampleRun.testee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser has it after its script ran. Left out where there is no Chromium, or one that does not start. */
class PageInBrowserTest {
    @TempDir
    Path directory;

    @Test
    void theAddressOfACaseOpensItWithItsBytesAndTheFirstDifference() throws Exception {
        RunReport report =
                SampleRun.of(testee("one", failed("FRM-NEG-013", "MPK-10"), passed("FRM-NEG-014", "MPK-10")));

        String dom = open(report, "FRM-NEG-013");

        assertThat(dom).contains("<h2>FRM-NEG-013</h2>");
        assertThat(dom).contains("<tr class=\"first\"><td>err</td><td>\"TRAILING\"</td><td>—</td></tr>");
        assertThat(dom).containsPattern("class=\"run[^\"]* wrong\"[^>]*>00</span>");
        assertThat(dom).contains("./p2p conform --testee 'python3 testee.py' --env 'A=b c' --filter FRM-NEG-013");
    }

    @Test
    void theAddressOfAClauseOpensItsRow() throws Exception {
        String dom = open(SampleRun.of(testee("one", passed("FRM-NEG-013", "MPK-10"))), "MPK-10");

        assertThat(dom).contains("<tr class=\"case\" data-case=\"FRM-NEG-013\">");
        assertThat(dom).containsPattern("<aside [^>]*hidden");
    }

    @Test
    void textOfAStrangerIsShownAndNotRun() throws Exception {
        String attack =
                "</script><img src=x onerror=\"document.body.id='run'\"><script>document.body.id='run'</script>";

        String dom = open(SampleRun.hostile(attack), "FRM-NEG-001");

        assertThat(dom).contains("<h2>FRM-NEG-001</h2>").contains("<pre class=\"raw\">&lt;/script&gt;&lt;img");
        assertThat(dom).doesNotContain("<img").doesNotContain("<body id");
    }

    @Test
    void aRunWithoutCasesIsAPageThatWorks() throws Exception {
        assertThat(open(SampleRun.of(), "")).contains("aria-live=\"polite\">0 cases</output>");
    }

    private String open(RunReport report, String address) throws Exception {
        Path page = Files.writeString(directory.resolve("index.html"), Reports.html(report, null));
        Path dom = directory.resolve("dom.html");
        Process browser = new ProcessBuilder(command(page.toUri() + "#" + address))
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = browser.waitFor(60, TimeUnit.SECONDS);
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        assumeTrue(ended && browser.exitValue() == 0, "the browser does not work here");
        String text = Files.readString(dom);
        return text.substring(0, text.indexOf("<script type=")) + text.substring(text.lastIndexOf("</script>"));
    }

    private List<String> command(String address) throws IOException {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "there is no Chromium on the path");
        return List.of(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile(),
                "--virtual-time-budget=3000",
                "--dump-dom",
                address);
    }

    /** Not in the temporary directory: a browser that is just ending may still write here while that one is emptied. */
    private static Path profile() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "browser")), "profile")
                .toAbsolutePath();
    }

    private static Optional<Path> browser() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
