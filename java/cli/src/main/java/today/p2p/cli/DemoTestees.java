package today.p2p.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import today.p2p.testee.TesteeMain;

/**
 * The implementations that the demonstration judges.
 *
 * @param arguments for {@code p2p conform}: NAME=COMMAND each
 * @param problem why one of them is missing, and what to do about it
 */
record DemoTestees(List<String> arguments, Optional<String> problem) {
    private static final String SCRIPT = "conformance/testees/python/testee.py";

    DemoTestees {
        arguments = List.copyOf(arguments);
    }

    /**
     * Looks for them: the launcher says with the properties {@code p2p.root} and {@code p2p.python} where the
     * repository and its Python are.
     */
    static DemoTestees find() {
        return find(
                root(),
                Path.of(System.getProperty(
                        "p2p.python", root().resolve(".p2p/python/bin/python3").toString())));
    }

    static DemoTestees find(Path root, Path python) {
        List<String> arguments = new ArrayList<>();
        arguments.add("java=" + java());
        Optional<String> problem = whyNot(root, python);
        if (problem.isEmpty()) {
            arguments.add("python=" + quoted(python.toString()) + " "
                    + quoted(root.resolve(SCRIPT).toString()));
        }
        return new DemoTestees(arguments, problem);
    }

    /** The words behind {@code p2p conform}. */
    List<String> conformArguments(boolean json) {
        List<String> words = new ArrayList<>();
        arguments.forEach(argument -> words.addAll(List.of("--testee", argument)));
        words.addAll(List.of("--report-dir", root().resolve(".p2p/demo-report").toString()));
        if (json) {
            words.add("--json");
        }
        return words;
    }

    private static Path root() {
        return Path.of(System.getProperty("p2p.root", "")).toAbsolutePath();
    }

    /** This very program, as a process of its own. */
    private static String java() {
        String binary = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String flags = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
        // Libraries with native code are let in without a warning, which newer releases print.
        String access = Runtime.version().feature() >= 22 ? " --enable-native-access=ALL-UNNAMED" : "";
        return quoted(binary) + " " + flags + access + " -cp " + quoted(System.getProperty("java.class.path")) + " "
                + TesteeMain.class.getName();
    }

    private static Optional<String> whyNot(Path root, Path python) {
        if (!Files.exists(root.resolve(SCRIPT))) {
            return Optional.of("the Python implementation is not judged: there is no " + root.resolve(SCRIPT));
        }
        if (!works(python)) {
            return Optional.of("the Python implementation is not judged: " + python + " is missing or lacks msgpack;"
                    + " install Python 3.9 or later and run conformance/testees/python/setup.sh");
        }
        return Optional.empty();
    }

    private static boolean works(Path python) {
        if (!Files.isExecutable(python)) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", "import msgpack")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A word as a shell would need it; the runner splits commands as a shell does. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
