package today.p2p.benchmarks;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that all benchmarks share. */
final class RunOptions {
    @Option(names = "--rounds", paramLabel = "N", description = "rounds, 1 to 99 (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--quick", description = "1 round of short measurements")
    boolean quick;

    @Option(names = "--only", paramLabel = "REGEX", description = "only the goals whose group and name match")
    String only = "";

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "heap of each measured process (default: ${DEFAULT-VALUE})")
    String heap = "512m";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where index.html and results.json go (default: benchmark-report, network-report)")
    private @Nullable Path out;

    @Option(names = "--json", description = "print what results.json holds, and not the table")
    boolean json;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    CommandSpec command() {
        return Objects.requireNonNull(command);
    }

    /** How many rounds there are to be. */
    int rounds() {
        return quick ? 1 : Choice.rounds(rounds, command());
    }

    Path out(String byDefault) {
        return out == null ? Path.of(byDefault) : out;
    }
}
