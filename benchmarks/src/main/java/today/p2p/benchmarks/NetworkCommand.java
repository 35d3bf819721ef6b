package today.p2p.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import today.p2p.network.Setting;

/** {@code ./p2p bench network}. */
@Command(
        name = "network",
        description = {
            "Measures Mesh Networks beside plain Netty that does the same work, Sync and Chord Tables beside JGroups and"
                    + " Hazelcast.",
            "",
            "Every workload runs once a round, each time in new processes, so that a slow minute of the machine falls on"
                    + " all alike; ratios are taken within a round. The full run takes many minutes; --quick takes a few"
                    + " and is good for a look, not for a claim. --only Table runs the tables alone."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NetworkCommand implements Callable<Integer> {
    @Option(names = "--rounds", paramLabel = "N", description = "rounds, 1 to 99 (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--quick", description = "1 round of short measurements")
    private boolean quick;

    @Option(names = "--only", paramLabel = "REGEX", description = "only the goals whose group and name match")
    private String only = "";

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "heap of each measured process (default: ${DEFAULT-VALUE})")
    private String heap = "512m";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where index.html and results.json go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("network-report");

    @Option(names = "--json", description = "print what results.json holds, and not the table")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final PrintStream progress = System.err;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        int wanted = quick ? 1 : Choice.rounds(rounds, command);
        NetworkPlan plan = new NetworkPlan();
        List<Goal> goals = Choice.goals(plan.goals(), only, command);
        List<Cell> cells = goals.stream()
                .flatMap(goal -> Stream.of(goal.denominator(), goal.numerator()))
                .distinct()
                .toList();
        Setting setting = new Setting(
                Path.of(System.getProperty("java.home")),
                heap,
                Duration.ofMillis(quick ? 2000 : 5000),
                Duration.ofMillis(quick ? 1000 : 3000));
        Map<String, String> facts = facts(setting, wanted);
        List<Measurement> measurements;
        try {
            measurements = new NetworkRounds(plan, setting, wanted, progress).run(cells);
        } catch (IOException failed) {
            progress.println("p2p bench: " + failed.getMessage());
            return 1;
        }
        Map<String, List<Goal.Outcome>> runs = Map.of(
                "JDK " + System.getProperty("java.version"),
                goals.stream().map(goal -> goal.judge(measurements)).toList());
        Page.write(out, "networks", facts, runs);
        if (json) {
            System.out.println(Files.readString(out.resolve("results.json")));
        } else {
            Printout.print(runs);
            System.out.println("\npage: " + out.resolve("index.html").toAbsolutePath());
        }
        return 0;
    }

    private static Map<String, String> facts(Setting setting, int rounds) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", Machine.description());
        facts.put("load", Machine.load());
        facts.put("rounds", rounds + ", each workload in new processes in each");
        facts.put(
                "per round",
                setting.warmup().toMillis() + " ms warm-up, "
                        + setting.measured().toMillis() + " ms measured");
        facts.put("heap", setting.heap() + " for each process");
        facts.put("payload", "random binary; sizes are those of the binary, to which each protocol adds its own");
        facts.put(
                "nodes",
                "8 in one process where broadcasts or Chord Tables are measured, 5 with Sync Tables, 1 process for each"
                        + " end elsewhere");
        facts.put(
                "tables",
                "16-byte keys, 100-byte values; JGroups 5.5.7 over TCP without delay, Hazelcast 5.7.0 with four backups;"
                        + " 1,024 writes under way; where entries are weighed, our nodes remember 25,000 broadcasts,"
                        + " before and after");
        facts.put("idle links", "1,000");
        facts.put("limits", "those of a Mesh Network on messages a second and on links are lifted; all others stand");
        return facts;
    }
}
