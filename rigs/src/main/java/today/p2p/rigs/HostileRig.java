package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many hostile links against one node with little memory: honest links live on, at a bounded price. Attackers are elsewhere,
 * as a rule: these share the machine, so that they are a process of its own which stands back for the node and its
 * honest peers, unless it is told not to. What the machine costs whoever works beside attackers is measured through a node
 * that nobody attacks, at the same time.
 */
final class HostileRig implements Rig {
    private static final String HEAP = "256m";
    private static final Duration ARRIVAL = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration LEAVING = Duration.ofSeconds(5);
    private static final String STAY = "while they stay";

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String description() {
        return "1,000 hostile links of eleven kinds against a node with a heap of " + HEAP;
    }

    @Override
    public boolean run(RigOptions options) throws Exception {
        int links = options.links(1000);
        Duration time = Duration.ofSeconds(options.seconds(30));
        // An attacker's place is not an honest peer's: links of the attackers' addresses fill max-links otherwise.
        try (Victim victim = new Victim(HEAP);
                Echoes echoes = new Echoes(victim);
                Victim spared = new Victim(HEAP);
                Echoes beside = new Echoes(spared)) {
            Measures measures = new Measures(List.of(echoes, beside));
            Echoes.warmUp(measures.paths);
            measures.take("before", time.dividedBy(3));
            boolean held = attack(victim, measures, links, options);
            Echoes.measure(LEAVING, measures.paths);
            measures.take("after", time.dividedBy(3));
            Report.figure("live heap after", victim.footprint().liveBytes() / 1024 + " KiB");
            Report.figure("resident memory", victim.footprint().residentBytes() / (1 << 20) + " MiB");
            held &= Report.holds("the node lives", victim.isAlive());
            held &= Report.holds(
                    "no honest link was lost " + echoes.lost(), echoes.lost().isEmpty());
            held &= Report.holds("every honest broadcast came once", measures.areComplete());
            return held & measures.judge();
        }
    }

    /** Whether they were at work to the end. */
    private static boolean attack(Victim victim, Measures measures, int links, RigOptions options)
            throws IOException, InterruptedException {
        String honestId = measures.paths.get(0).senderId();
        try (Attackers attackers = new Attackers(links, victim.address(), honestId, options)) {
            // All dial at once and do their worst at once, against a node that has never seen it: figures of their own.
            measures.take("while they come", ARRIVAL);
            measures.take("while the node settles", SETTLING);
            Work node = new Work(victim.footprint());
            Work theirs = new Work(attackers.footprint());
            measures.take(STAY, Duration.ofSeconds(options.seconds(30)));
            Report.figure("the node", node.report());
            Report.figure("attackers", theirs.report() + ", priority " + options.nice());
            String answer = attackers.ask();
            long atWork = Long.parseLong(answer.substring(0, Math.max(1, answer.indexOf(' '))));
            Report.figure("hostile links opened", answer.substring(answer.indexOf(' ') + 1));
            Report.figure("status", victim.isAlive() ? victim.status() : "the node has died");
            return Report.holds(
                    "to the end " + atWork + " of " + links + " attackers were at work", atWork >= 0.9 * links);
        }
    }

    /** What is measured, again and again, through the tried node and through one that nobody attacks. */
    private static final class Measures {
        private final List<Echoes> paths;
        private final Map<String, List<Echoes.Latencies>> taken = new TreeMap<>();

        Measures(List<Echoes> paths) {
            this.paths = paths;
        }

        void take(String name, Duration time) throws InterruptedException {
            List<Echoes.Latencies> latencies = Echoes.measure(time, paths);
            taken.put(name, latencies);
            Report.figure(name, latencies.get(0));
            Report.figure("  beside the node", latencies.get(1));
        }

        boolean areComplete() {
            return taken.values().stream().allMatch(both -> both.get(0).isComplete());
        }

        boolean judge() {
            Report.figure("90 % to the quiet ones", String.format("%.2f times", factor(0, 90)));
            Report.figure(
                    "  beside the node", String.format("median %.2f, 90 %% %.2f times", factor(1, 50), factor(1, 90)));
            double factor = factor(0, 50);
            return Report.holds(
                    String.format("honest latency at most doubled (median: %.2f times)", factor), factor <= 2);
        }

        /** While they stay, to before and after: what else the machine does changes meanwhile. */
        private double factor(int path, int percent) {
            Echoes.Latencies quiet =
                    taken("before").get(path).and(taken("after").get(path));
            return taken(STAY).get(path).millis(percent) / quiet.millis(percent);
        }

        private List<Echoes.Latencies> taken(String name) {
            return taken.getOrDefault(name, List.of());
        }
    }

    /** What processors do for a process from now on. */
    private static final class Work {
        private final Footprint process;
        private final long began = System.nanoTime();
        private final Duration worked;
        private final Duration waited;

        Work(Footprint process) throws IOException {
            this.process = process;
            worked = process.processorTime();
            waited = process.processorWaits();
        }

        String report() throws IOException {
            double time = System.nanoTime() - began;
            return String.format(
                    "busy for %.2f of the time, waiting for a processor for %.2f",
                    process.processorTime().minus(worked).toNanos() / time,
                    process.processorWaits().minus(waited).toNanos() / time);
        }
    }

    /** A process of {@link Hostiles}. */
    private static final class Attackers implements AutoCloseable {
        private static final Path NICE = Path.of("/usr/bin/nice");

        private final Process process;
        private final BufferedReader answers;

        Attackers(int links, InetSocketAddress target, String honestId, RigOptions options) throws IOException {
            List<String> command = new ArrayList<>();
            if (options.nice() != 0 && Files.isExecutable(NICE)) {
                command.addAll(List.of(NICE.toString(), "-n", Integer.toString(options.nice())));
            }
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Hostiles.class.getName(),
                    Integer.toString(links),
                    target.getHostString(),
                    Integer.toString(target.getPort()),
                    honestId,
                    Long.toString(options.seed())));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        Footprint footprint() {
            return new Footprint(process.pid());
        }

        /** How many are at work, and how many links of each kind were opened so far. */
        String ask() throws IOException {
            try {
                process.outputWriter().write("\n");
                process.outputWriter().flush();
            } catch (IOException ended) {
                return "0 the process has ended: " + ended.getMessage();
            }
            String answer = answers.readLine();
            return answer == null ? "0 the process has ended" : answer;
        }

        @Override
        public void close() {
            try (Writer input = process.outputWriter()) {
                input.flush();
            } catch (IOException ended) {
                // It has told why, and is not asked to end.
                process.destroy();
            }
            process.onExit().join();
        }
    }
}
