package today.p2p.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import today.p2p.benchmarks.Measurement.Unit;
import today.p2p.network.Subject;
import today.p2p.network.Trial;
import today.p2p.network.Workload;

/** What is measured of networks, and the ratios to reach. */
final class NetworkPlan {
    /** The cell that is 2.6 KiB and is not measured. */
    static final Cell HEAP_GOAL = Cell.of("2.6 KiB");

    static final double HEAP_GOAL_BYTES = 2.6 * 1024;

    private static final int[] SIZES = {64, 1024, 65_536};
    private static final int KIB = 1024;

    private final Map<Cell, Figure> figures = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();

    NetworkPlan() {
        oneWay(
                "One way between two processes: our messages a second, to those of Netty with SHA-256 at both ends",
                Subject.NETTY_SHA);
        oneWay("One way between two processes: the same, to Netty with nothing but a length", Subject.NETTY);
        flood();
        links();
    }

    List<Goal> goals() {
        return List.copyOf(goals);
    }

    Figure figure(Cell cell) {
        Figure figure = figures.get(cell);
        if (figure == null) {
            throw new IllegalArgumentException("not in the plan: " + cell);
        }
        return figure;
    }

    private void oneWay(String group, Subject peer) {
        for (int size : SIZES) {
            Cell theirs = rate(Workload.ONE_WAY, peer, size);
            double bound = size == 64 ? 0.6 : 0.9;
            Cell plain = rate(Workload.ONE_WAY, Subject.MESH, size);
            String name = size + " bytes";
            goals.add(
                    peer == Subject.NETTY_SHA
                            ? Goal.atLeast(group, name, plain, theirs, bound)
                            : Goal.shown(group, name, plain, theirs));
            Cell coded = rate(Workload.ONE_WAY, Subject.MESH_CODECS, size);
            goals.add(Goal.shown(group, name + ", all codecs listed", coded, theirs));
        }
    }

    private void flood() {
        String rates = "Broadcasts of 1 KiB among 8 nodes, each linked to each: our deliveries a second, to those of"
                + " Netty that floods";
        Cell ours = rate(Workload.FLOOD, Subject.MESH, KIB);
        Cell hashing = rate(Workload.FLOOD, Subject.NETTY_SHA, KIB);
        goals.add(Goal.atLeast(rates, "with SHA-256 of every copy", ours, hashing, 1));
        goals.add(Goal.shown(rates, "without SHA-256", ours, rate(Workload.FLOOD, Subject.NETTY, KIB)));
        String latencies = "The same, 200 broadcasts a second: how long ours take, to Netty that floods with SHA-256";
        goals.add(
                Goal.atMost(latencies, "median", latency(Subject.MESH, "p50"), latency(Subject.NETTY_SHA, "p50"), 1.3));
        goals.add(Goal.shown(
                latencies, "99th percentile", latency(Subject.MESH, "p99"), latency(Subject.NETTY_SHA, "p99")));
    }

    private void links() {
        String heaps = "Heap of a link that has shaken hands and is idle, to 2.6 KiB";
        goals.add(Goal.atMost(heaps, "Mesh Network", heap(Subject.MESH), HEAP_GOAL, 1));
        goals.add(Goal.shown(heaps, "Netty", heap(Subject.NETTY), HEAP_GOAL));
        String greetings =
                "Links opened, shaken hands on and closed: ours a second, to those of Netty that says as much";
        Cell ours = rate(Workload.GREET, Subject.MESH, 0);
        goals.add(Goal.atLeast(greetings, "with SHA-256", ours, rate(Workload.GREET, Subject.NETTY_SHA, 0), 0.5));
        goals.add(Goal.atLeast(greetings, "without SHA-256", ours, rate(Workload.GREET, Subject.NETTY, 0), 0.5));
    }

    private Cell rate(Workload workload, Subject subject, int bytes) {
        return cell(new Figure(new Trial(workload, subject, bytes), "rate", Unit.PER_SECOND));
    }

    private Cell latency(Subject subject, String percentile) {
        return cell(new Figure(new Trial(Workload.FLOOD_SLOWLY, subject, KIB), percentile, Unit.MICROSECONDS));
    }

    private Cell heap(Subject subject) {
        return cell(new Figure(new Trial(Workload.IDLE, subject, 0), "heap", Unit.BYTES));
    }

    private Cell cell(Figure figure) {
        Cell cell = Cell.of(figure.trial + ": " + figure.name);
        figures.put(cell, figure);
        return cell;
    }

    /**
     * What a trial says under a name.
     *
     * @param name as {@link Workload} gives it
     */
    record Figure(Trial trial, String name, Unit unit) {}
}
