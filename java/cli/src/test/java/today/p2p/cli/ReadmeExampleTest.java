package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises is what a reader gets. */
class ReadmeExampleTest {
    private static final Path ROOT = Path.of(System.getProperty("p2p.root", "../.."));

    @Test
    void theTenLinesOfAMeshNetworkCompileAndRun(@TempDir Path folder) throws Exception {
        assertThat(runExample("Hello", folder).lines()).containsExactly("hello, world");
    }

    @Test
    void theTenLinesOfASyncTableCompileAndRun(@TempDir Path folder) throws Exception {
        assertThat(runExample("Together", folder).lines()).containsExactly("hello");
    }

    @Test
    void theTenLinesOfAChordTableCompileAndRun(@TempDir Path folder) throws Exception {
        assertThat(runExample("Spread", folder).lines()).containsExactly("hello");
    }

    @Test
    void theTenLinesOfAFrameCompileAndRun(@TempDir Path folder) throws Exception {
        String printed = runExample("Frames", folder);

        assertThat(printed.lines()).hasSize(2);
        assertThat(printed).contains("a26d65ce6ab13b8002a26869").contains("hi");
    }

    private static String runExample(String name, Path folder) throws Exception {
        Matcher block = Pattern.compile("```java\n((?:(?!```).)*public class " + name + " .*?)```", Pattern.DOTALL)
                .matcher(readme());
        assertThat(block.find()).isTrue();
        Path source = Files.writeString(folder.resolve(name + ".java"), block.group(1));

        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        complaints,
                        complaints,
                        "-proc:none",
                        "-classpath",
                        classPath(),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(status).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
        return run(name, folder);
    }

    @Test
    void everyFileThatTheReadmeLinksToExists() throws Exception {
        Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());

        assertThat(link.results().map(result -> result.group(1)))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
    }

    @Test
    void everyCommandOfTheReadmeHasHelp() throws Exception {
        Matcher command = Pattern.compile("\\| `p2p ([a-z]+)").matcher(readme());

        Stream<String> names = command.results().map(result -> result.group(1)).filter(name -> !name.equals("bench"));
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(Run.p2p(name, "--help").status()).as(name).isZero());
    }

    /** Surefire hides the class path behind a jar that names it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String readme() throws Exception {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String run(String name, Path folder) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
