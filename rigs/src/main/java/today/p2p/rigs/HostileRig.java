package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many hostile links against one node with little memory: honest links live on, at a bounded price. Attackers are elsewhere,
 * as a rule: these share the machine, so that they are a process of its own which has what processors the node and its
 * honest peers leave (nice 19).
 */
final class HostileRig implements Rig {
    private static final String HEAP = "256m";
    private static final Duration ARRIVAL = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration LEAVING = Duration.ofSeconds(5);

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
                Echoes echoes = new Echoes(victim)) {
            echoes.warmUp();
            Echoes.Latencies before = measure("before", echoes, time.dividedBy(3));
            List<Echoes.Latencies> attacked = attacked(victim, echoes, links, time, options.seed());
            echoes.measure(LEAVING);
            Echoes.Latencies after = measure("after", echoes, time.dividedBy(3));
            Report.figure("live heap after", victim.footprint().liveBytes() / 1024 + " KiB");
            Report.figure("resident memory", victim.footprint().residentBytes() / (1 << 20) + " MiB");
            boolean held = Report.holds("the node lives", victim.isAlive());
            held &= Report.holds(
                    "no honest link was lost " + echoes.lost(), echoes.lost().isEmpty());
            held &= Report.holds(
                    "every honest broadcast came once", attacked.stream().allMatch(Echoes.Latencies::isComplete));
            // What else the machine does changes meanwhile.
            double factor = attacked.get(attacked.size() - 1).millis(50)
                    / before.and(after).millis(50);
            return held
                    & Report.holds(
                            String.format("honest latency at most doubled (median: %.2f times)", factor), factor <= 2);
        }
    }

    private static List<Echoes.Latencies> attacked(Victim victim, Echoes echoes, int links, Duration time, long seed)
            throws IOException, InterruptedException {
        try (Attackers attackers = new Attackers(links, victim.address(), echoes.senderId(), seed)) {
            List<Echoes.Latencies> attacked = new ArrayList<>();
            // All dial at once and do their worst at once, against a node that has never seen it: figures of their own.
            attacked.add(measure("while they come", echoes, ARRIVAL));
            attacked.add(measure("while the node settles", echoes, SETTLING));
            long began = System.nanoTime();
            Duration node = victim.footprint().processorTime();
            Duration theirs = attackers.footprint().processorTime();
            attacked.add(measure("while they stay", echoes, time));
            double took = System.nanoTime() - began;
            node = victim.footprint().processorTime().minus(node);
            theirs = attackers.footprint().processorTime().minus(theirs);
            Report.figure(
                    "processors busy",
                    String.format("node %.2f, attackers %.2f", node.toNanos() / took, theirs.toNanos() / took));
            Report.figure("hostile links opened", attackers.opened());
            Report.figure("status", victim.isAlive() ? victim.status() : "the node has died");
            return attacked;
        }
    }

    private static Echoes.Latencies measure(String name, Echoes echoes, Duration time) throws InterruptedException {
        Echoes.Latencies latencies = echoes.measure(time);
        Report.figure(name, latencies);
        return latencies;
    }

    /** A process of {@link Hostiles}. */
    private static final class Attackers implements AutoCloseable {
        private static final Path NICE = Path.of("/usr/bin/nice");

        private final Process process;
        private final BufferedReader answers;

        Attackers(int links, InetSocketAddress target, String honestId, long seed) throws IOException {
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(NICE)) {
                command.addAll(List.of(NICE.toString(), "-n", "19"));
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
                    Long.toString(seed)));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        Footprint footprint() {
            return new Footprint(process.pid());
        }

        /** How many links of each kind were opened so far. */
        String opened() throws IOException {
            process.outputWriter().write("\n");
            process.outputWriter().flush();
            return String.valueOf(answers.readLine());
        }

        @Override
        public void close() throws IOException {
            process.outputWriter().close();
            process.onExit().join();
        }
    }
}
