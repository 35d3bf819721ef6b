package today.p2p.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./p2p bench}. */
@Command(
        name = "p2p bench",
        description = "Measures this project beside what people would use instead. Figures are ratios of one run.",
        subcommands = {SerializerCommand.class, NetworkCommand.class},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, and the page is written", "1:a benchmark failed", "2:usage"})
public final class Main implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
