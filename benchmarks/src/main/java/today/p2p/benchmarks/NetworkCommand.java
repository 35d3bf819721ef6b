package today.p2p.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import today.p2p.network.Setting;

/** {@code ./p2p bench network}. */
@Command(
        name = "network",
        description = {
            "Measures Mesh Networks beside plain Netty that does the same work, and Mesh Networks, Sync and Chord Tables beside"
                    + " py2p, js2p, JGroups, Hazelcast and Pekko. benchmarks/README.md says how. What cannot be measured is"
                    + " named, with the reason; interop/setup.sh installs py2p and js2p.",
            "",
            "Every workload runs once a round, each time in new processes, so that a slow minute of the machine falls on"
                    + " all alike; ratios are taken within a round. The full run takes many minutes; --quick takes a few"
                    + " and is good for a look, not for a claim. --only Table runs the tables alone."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NetworkCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    private final PrintStream progress = System.err;

    @Override
    public Integer call() throws IOException {
        int wanted = options.rounds();
        NetworkPlan plan = new NetworkPlan();
        List<Goal> goals = Choice.goals(plan.goals(), options.only, options.command());
        List<Cell> cells = goals.stream()
                .flatMap(goal -> Stream.of(goal.denominator(), goal.numerator()))
                .distinct()
                .toList();
        Setting setting = new Setting(
                Path.of(System.getProperty("java.home")),
                options.heap,
                Duration.ofMillis(options.quick ? 800 : 5000),
                Duration.ofMillis(options.quick ? 600 : 3000));
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
        Path out = options.out("network-report");
        Page.write(out, "networks", facts, runs);
        if (options.json) {
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
                        + " end elsewhere; 1 process for each node of py2p and js2p, 1 for both ends of other libraries");
        facts.put("peers", "py2p 0.7.878, js2p 0.7.870, JGroups 5.5.7, Hazelcast 5.7.0, Pekko 1.2.1 (Scala 2.13)");
        facts.put(
                "tables",
                "16-byte keys, 100-byte values; JGroups 5.5.7 over TCP without delay, Hazelcast 5.7.0 with four backups;"
                        + " 1,024 writes under way; where entries are weighed, our nodes remember 25,000 broadcasts,"
                        + " before and after");
        facts.put("idle links", "1,000");
        facts.put(
                "limits",
                "of our nodes, on messages and relayed copies a second and on links: lifted; all others stand");
        return facts;
    }
}
