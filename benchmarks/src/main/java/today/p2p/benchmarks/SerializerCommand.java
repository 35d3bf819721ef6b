package today.p2p.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code ./p2p bench serializer}. */
@Command(
        name = "serializer",
        description = {
            "Measures the serializer against its floor (SHA-256 and a copy) and against other serializers.",
            "",
            "Every benchmark runs once a round, each time in a JVM of its own, so that a slow minute of the machine falls on all"
                    + " alike; ratios are taken within a round. The full run of 5 rounds takes long, for each JDK;"
                    + " --quick takes some minutes and is good for a look, not for a claim."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SerializerCommand implements Callable<Integer> {
    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "measure on this JDK; repeatable. Default: the one that runs this, and the newest one found")
    private List<Path> jdks = new ArrayList<>();

    @Mixin
    private RunOptions options = new RunOptions();

    private static final int FLOOR = 17;
    private final PrintStream progress = System.err;

    @Override
    public Integer call() throws IOException {
        String load = Machine.load();
        List<Cell> cells = goals(FLOOR).stream()
                .flatMap(goal -> Stream.of(goal.denominator(), goal.numerator()))
                .distinct()
                .toList();
        Duration warmup = Duration.ofMillis(options.quick ? 1500 : 3000);
        Duration measured = Duration.ofMillis(options.quick ? 700 : 2000);
        Rounds runner = new Rounds(options.rounds(), warmup, measured, options.heap, progress);

        Map<String, List<Goal.Outcome>> runs = new LinkedHashMap<>();
        for (Map.Entry<String, Path> jdk : homes().entrySet()) {
            progress.printf("%s: %d benchmarks%n", jdk.getKey(), cells.size());
            try {
                List<Measurement> measurements = runner.run(jdk.getValue(), cells);
                runs.put(
                        jdk.getKey(),
                        goals(release(jdk.getValue())).stream()
                                .map(goal -> goal.judge(measurements))
                                .toList());
            } catch (RunnerException e) {
                progress.println("p2p bench: " + e.getMessage());
                return 1;
            }
        }
        Path out = options.out("benchmark-report");
        Page.write(out, "the serializer", facts(load, warmup, measured), runs);
        if (options.json) {
            System.out.println(Files.readString(out.resolve("results.json")));
        } else {
            Printout.print(runs);
            System.out.println("\npage: " + out.resolve("index.html").toAbsolutePath());
        }
        return 0;
    }

    private List<Goal> goals(int release) {
        return Choice.goals(SerializerPlan.goals(release), options.only, options.command());
    }

    /** JDKs by what the page calls them. */
    private Map<String, Path> homes() throws IOException {
        List<Path> homes = new ArrayList<>(jdks);
        if (homes.isEmpty()) {
            homes.add(Path.of(System.getProperty("java.home")));
            newest().ifPresent(homes::add);
        }
        Map<String, Path> named = new LinkedHashMap<>();
        for (Path home : homes) {
            if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
                throw usage("--jdk " + home + " has no bin/java");
            }
            named.putIfAbsent("JDK " + version(home), home);
        }
        return named;
    }

    private static Optional<Path> newest() throws IOException {
        Path place = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        TreeMap<Integer, Path> byRelease = new TreeMap<>();
        try (Stream<Path> homes = Files.list(place)) {
            for (Path home : homes.toList()) {
                String version = version(home);
                if (version.matches("\\d+(\\..*)?") && Files.isExecutable(home.resolve("bin/java"))) {
                    byRelease.put(Integer.valueOf(version.replaceFirst("\\..*", "")), home);
                }
            }
        }
        return Optional.ofNullable(byRelease.lastEntry()).map(Map.Entry::getValue);
    }

    private static int release(Path home) throws IOException {
        String feature = version(home).replaceFirst("\\..*", "");
        return feature.matches("\\d+") ? Integer.parseInt(feature) : FLOOR;
    }

    private static String version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.exists(release)) {
            return home.toString();
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        return properties.getProperty("JAVA_VERSION", home.toString()).replace("\"", "");
    }

    private Map<String, String> facts(String load, Duration warmup, Duration measured) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", Machine.description());
        facts.put("load", load);
        facts.put("rounds", options.rounds() + ", each benchmark in a JVM of its own in each");
        facts.put("per round", warmup.toMillis() + " ms warm-up, " + measured.toMillis() + " ms measured");
        facts.put("heap", options.heap);
        facts.put(
                "payload",
                "sizes are those of the bare message; the struct has " + SerializerPlan.structBytes()
                        + " bytes as a bare message");
        return facts;
    }

    private ParameterException usage(String message) {
        return new ParameterException(options.command().commandLine(), message);
    }
}
