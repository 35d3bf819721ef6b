package today.p2p.conformance;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Trace;

/** The options that all commands of the kit share: help, and what they ask of whom. */
final class TesteeOptions {
    private static final double DEFAULT_TIMEOUT = 5;
    private static final Duration HELLO = Duration.ofSeconds(60);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @Option(
            names = "--testee",
            paramLabel = "[NAME=]CMD",
            description = {
                "The command line of an implementation; repeat it for several.",
                "It is split into words as a shell does, but no shell runs it."
            })
    List<String> testees = new ArrayList<>();

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Add a variable to the testees' environment, which is otherwise scrubbed.")
    Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long a testee may take for one answer (default: ${DEFAULT-VALUE}; 60 for the first).")
    double timeout;

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "Use the vectors of this directory (manifest.json and its files), not the built-in ones.")
    @Nullable
    Path vectors;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write the conversation to a file: > sent, < received, # remarks.")
    @Nullable
    Path trace;

    @Option(names = "--no-self-check", description = "Do not let the kit prove itself first.")
    boolean noSelfCheck;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, and no summary when all is well.")
    boolean quiet;

    /** The testees, each with a name that no other has. */
    List<Launch> launches() {
        if (!(timeout > 0 && timeout <= 3600)) {
            throw new IllegalArgumentException("--timeout: expected seconds, more than 0 and at most 3600");
        }
        Duration call = Duration.ofNanos((long) (timeout * 1e9));
        Launch.Deadlines deadlines = new Launch.Deadlines(HELLO, call);
        List<Launch> launches = new ArrayList<>();
        for (String testee : testees) {
            Launch launch = Launch.of(testee, environment, Path.of("").toAbsolutePath(), deadlines);
            if (!launch.name().isEmpty() && launches.stream().anyMatch(launch::hasNameOf)) {
                throw new IllegalArgumentException("--testee: two are named " + launch.name());
            }
            launches.add(launch);
        }
        return launches;
    }

    /** The words that a command needs to ask one case as this one does, but for the testee. */
    List<String> repeatable() {
        List<String> words = new ArrayList<>();
        environment.forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
        if (timeout != DEFAULT_TIMEOUT) {
            words.addAll(List.of(
                    "--timeout",
                    new BigDecimal(Double.toString(timeout))
                            .stripTrailingZeros()
                            .toPlainString()));
        }
        if (vectors != null) {
            words.addAll(List.of("--vectors", vectors.toString()));
        }
        return words;
    }

    /** Where the conversation goes; to be closed by the caller. */
    Trace openTrace() throws IOException {
        return trace == null ? Trace.NONE : Trace.to(trace);
    }

    Kit kit() {
        return Kit.load(vectors);
    }
}
