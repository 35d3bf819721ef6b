package today.p2p.simulator.scenario;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import today.p2p.simulator.SimulationFailure;
import today.p2p.simulator.figures.ChordFigures;

/** The command behind {@code ./check sim}: plays scenarios, and names the command that replays a failure. */
public final class Main {
    private static final int COLLISIONS = 1000;
    private static final int CLOCK_TENTHS = 700;
    private static final String SUFFIX = ".txt";

    private final PrintStream out;
    private final Options options;

    private Main(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Exits with 0 when all holds, 1 when something does not, 2 when the options make no sense. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(List.of(arguments), System.out));
    }

    static int run(List<String> arguments, PrintStream out) throws IOException {
        try {
            Options options = Options.read(arguments);
            if (options.isHelp()) {
                out.print(help());
                return 0;
            }
            return new Main(options, out).run();
        } catch (IllegalArgumentException usage) {
            out.println("sim: " + usage.getMessage() + "; see --help");
            return 2;
        }
    }

    private static String help() throws IOException {
        try (var text = Main.class.getResourceAsStream("help.txt")) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int run() throws IOException {
        if (!options.figures().isEmpty()) {
            return figures();
        }
        String wanted = options.scenario();
        int failed = switch (wanted) {
            case "" -> files() + collisions() + clocks() + largeMesh() + random() + tables() + rings();
            case "files" -> files();
            case "collisions" -> collisions();
            case "clocks" -> clocks();
            case "large-mesh" -> largeMesh();
            case "random" -> random();
            case "tables" -> tables();
            case "rings" -> rings();
            default -> file(path(wanted));
        };
        out.println(failed == 0 ? "sim: all held" : "sim: " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private int figures() throws IOException {
        if (!options.figures().equals("chord")) {
            throw new IllegalArgumentException("there are figures of chord");
        }
        StringBuilder page = new StringBuilder();
        new ChordFigures(options.seed().orElse(1), options.figureSeeds(), options.figureNodes(), line -> {
                    out.println(line);
                    page.append(line).append('\n');
                })
                .all();
        if (options.isWriting()) {
            Files.writeString(options.page(), page);
        }
        return 0;
    }

    private int files() throws IOException {
        int failed = 0;
        try (Stream<Path> all = Files.list(options.folder())) {
            for (Path path : all.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                failed += file(path);
            }
        }
        return failed;
    }

    private int file(Path path) throws IOException {
        String name = String.valueOf(path.getFileName()).replace(SUFFIX, "");
        String text = Files.readString(path);
        return attempt(
                name, options.seed().isPresent() ? " --seed " + options.seed().getAsLong() : "", output -> {
                    Scenario scenario = Scenario.read(path.getFileName().toString(), text);
                    StringBuilder played = new StringBuilder();
                    scenario.play(options.seed().orElse(scenario.seed()), line -> {
                        played.append(line).append('\n');
                        output.accept(line);
                    });
                    if (options.seed().isEmpty()) {
                        compare(path.resolveSibling(name + ".out"), played.toString());
                    }
                    return played.toString().lines().count() + " lines";
                });
    }

    private void compare(Path golden, String played) throws IOException {
        if (options.isWriting()) {
            Files.writeString(golden, played);
        } else if (!Files.exists(golden)) {
            throw new ScenarioException("there is no " + golden.getFileName() + " yet; --write makes it");
        } else if (!Files.readString(golden).equals(played)) {
            throw new ScenarioException("the output is not that of " + golden.getFileName()
                    + "; if it is to be so, --write writes it, and the difference is to be explained");
        }
    }

    private int collisions() throws IOException {
        return attempt("collisions", seeded(), output -> {
            for (long seed = options.seed().orElse(1); seed <= options.seed().orElse(COLLISIONS); seed++) {
                Collisions.play(seed, output);
            }
            return "two nodes that dial each other at once keep one link, the same on both sides";
        });
    }

    private int clocks() throws IOException {
        return attempt("clocks", seeded(), output -> {
            int first = (int) options.seed().orElse(-CLOCK_TENTHS);
            int last = (int) options.seed().orElse(CLOCK_TENTHS);
            for (int tenths = first; tenths <= last; tenths++) {
                Clocks.play(tenths, output);
                if (tenths % 50 == 0) {
                    Clocks.replay(tenths, output);
                }
            }
            return "clocks off by %d to %d tenths of a second: nothing twice".formatted(first, last);
        });
    }

    private int largeMesh() throws IOException {
        return attempt("large-mesh", seeded() + " --nodes " + options.nodes(), output -> {
            long seed = options.seed().orElse(1);
            LargeMesh mesh = new LargeMesh(seed, options.nodes());
            return mesh.report(seed);
        });
    }

    private int random() throws IOException {
        return seeds("random", options.seeds(), RandomScenario::play);
    }

    private int tables() throws IOException {
        return seeds("tables", options.seeds(), RandomTables::play);
    }

    private int rings() throws IOException {
        return seeds("rings", options.ringSeeds(), RandomRings::play);
    }

    /** Plays a scenario that a seed decides, with each seed that is asked for. */
    private int seeds(String name, long count, Seeded scenario) throws IOException {
        int failed = 0;
        long first = options.seed().orElse(1);
        long last = options.seed().isPresent() ? first : count;
        for (long seed = first; seed <= last; seed++) {
            long played = seed;
            boolean isTwice = seed % 10 == 0;
            failed += attempt(name, " --seed " + seed, output -> {
                String hash = scenario.play(played, output);
                if (isTwice && !hash.equals(scenario.play(played, line -> {}))) {
                    throw new ScenarioException("two runs differ");
                }
                return options.seed().isPresent() ? "trace " + hash : "";
            });
        }
        if (failed == 0 && first != last) {
            out.printf("%-13s seeds %d to %d, every tenth twice: the same trace%n", name, first, last);
        }
        return failed;
    }

    private String seeded() {
        return options.seed().isPresent() ? " --seed " + options.seed().getAsLong() : "";
    }

    /** Plays one thing; 1 when it fails, and then what and how to see it again. */
    private int attempt(String name, String arguments, Play play) throws IOException {
        try {
            String said = play.play(options.isTracing() ? out::println : line -> {});
            if (!said.isEmpty()) {
                out.printf("%-13s %s%n", name, said);
            }
            return 0;
        } catch (SimulationFailure failure) {
            out.printf("%-13s FAILED: %s%n", name, failure.report());
        } catch (ScenarioException failure) {
            out.printf("%-13s FAILED: %s%n", name, failure.getMessage());
        }
        out.println("  replay: ./check sim -- --trace --scenario " + name + arguments);
        return 1;
    }

    private Path path(String wanted) {
        Path known = options.folder().resolve(wanted.endsWith(SUFFIX) ? wanted : wanted + SUFFIX);
        Path path = Files.exists(known) ? known : Path.of(wanted);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no scenario " + wanted);
        }
        return path;
    }

    /** Something that can be played: what it has to say when all holds. */
    private interface Play {
        String play(Consumer<String> output) throws IOException;
    }

    /** Plays what a seed decides; the hash of its trace. */
    private interface Seeded {
        String play(long seed, Consumer<String> output);
    }
}
