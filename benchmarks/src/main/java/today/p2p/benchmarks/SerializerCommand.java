package today.p2p.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./p2p bench serializer}. */
@Command(
        name = "serializer",
        description = {
            "Measures the serializer against its floor (SHA-256 and a copy) and against other serializers.",
            "",
            "Every benchmark runs once a round, each time in a JVM of its own, so that a slow minute of the machine falls on all"
                    + " alike; ratios are taken within a round. The full run of 5 rounds takes about half an hour for each JDK;"
                    + " --quick takes about 3 minutes and is good for a look, not for a claim."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SerializerCommand implements Callable<Integer> {
    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "measure on this JDK; repeatable. Default: the one that runs this, and the newest one found")
    private List<Path> jdks = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", description = "rounds, 1 to 99 (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--quick", description = "1 round of short measurements")
    private boolean quick;

    @Option(names = "--only", paramLabel = "REGEX", description = "only the goals whose group and name match")
    private String only = "";

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "heap of the measured JVMs (default: ${DEFAULT-VALUE})")
    private String heap = "512m";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where index.html and results.json go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("benchmark-report");

    @Spec
    private @Nullable CommandSpec spec;

    private static final int FLOOR = 17;
    private final PrintStream progress = System.err;

    @Override
    public Integer call() throws IOException {
        String load = load();
        List<Cell> cells = goals(FLOOR).stream()
                .flatMap(goal -> Stream.of(goal.denominator(), goal.numerator()))
                .distinct()
                .toList();
        Duration warmup = Duration.ofMillis(quick ? 1500 : 3000);
        Duration measured = Duration.ofMillis(quick ? 700 : 2000);
        Rounds runner = new Rounds(quick ? 1 : rounds, warmup, measured, heap, progress);

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
        Page.write(out, Instant.now(), facts(load, warmup, measured), runs);
        print(runs);
        System.out.println("\npage: " + out.resolve("index.html").toAbsolutePath());
        return 0;
    }

    private List<Goal> goals(int release) {
        if (rounds < 1 || rounds > 99) {
            throw usage("--rounds is 1 to 99, not " + rounds);
        }
        try {
            Pattern wanted = Pattern.compile(only);
            List<Goal> goals = SerializerPlan.goals(release).stream()
                    .filter(goal ->
                            wanted.matcher(goal.group() + ": " + goal.name()).find())
                    .toList();
            if (goals.isEmpty()) {
                throw usage("--only " + only + " matches none of the goals; they are called, for instance, "
                        + SerializerPlan.goals(release).get(0).group() + ": "
                        + SerializerPlan.goals(release).get(0).name());
            }
            return goals;
        } catch (PatternSyntaxException e) {
            throw usage("--only is not a regular expression: " + e.getMessage());
        }
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
        facts.put(
                "machine",
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + processors()
                        + processor());
        facts.put("load", load);
        facts.put("rounds", (quick ? 1 : rounds) + ", each benchmark in a JVM of its own in each");
        facts.put("per round", warmup.toMillis() + " ms warm-up, " + measured.toMillis() + " ms measured");
        facts.put("heap", heap);
        facts.put(
                "payload",
                "sizes are those of the bare message; the struct has " + SerializerPlan.structBytes()
                        + " bytes as a bare message");
        return facts;
    }

    /** What else the machine was busy with when the run began: a busy one measures itself. */
    private static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f processes wanted to run when it began", load);
    }

    private static String processors() {
        int count = Runtime.getRuntime().availableProcessors();
        return count == 1 ? "1 processor" : count + " processors";
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        List<String> lines = Files.readAllLines(info);
        String sha = lines.stream().anyMatch(line -> line.startsWith("flags") && line.contains(" sha_ni"))
                ? "with SHA instructions"
                : "without SHA instructions";
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> ", " + line.replaceFirst(".*: *", "") + ", " + sha)
                .orElse("");
    }

    private static void print(Map<String, List<Goal.Outcome>> runs) {
        runs.forEach((jvm, outcomes) -> {
            System.out.printf("%n%s%n", jvm);
            String group = "";
            for (Goal.Outcome outcome : outcomes) {
                if (!group.equals(outcome.goal().group())) {
                    group = outcome.goal().group();
                    System.out.println("  " + group);
                }
                System.out.println("    " + line(outcome));
            }
        });
    }

    private static String line(Goal.Outcome outcome) {
        Goal goal = outcome.goal();
        String bound = Double.isNaN(goal.bound())
                ? ""
                : "  %s %.2f  %s"
                        .formatted(
                                goal.atMost() ? "goal <=" : "goal >=",
                                goal.bound(),
                                outcome.reached().orElse(false) ? "reached" : "MISSED");
        return "%-44s %7.3f (%.2f to %.2f)%s"
                .formatted(
                        goal.name(),
                        outcome.ratio().median(),
                        outcome.ratio().least(),
                        outcome.ratio().greatest(),
                        bound);
    }

    private ParameterException usage(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
}
