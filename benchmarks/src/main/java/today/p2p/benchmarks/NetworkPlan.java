package today.p2p.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import today.p2p.benchmarks.Measurement.Unit;
import today.p2p.network.Setting;
import today.p2p.network.Subject;
import today.p2p.network.Trial;
import today.p2p.network.Workload;
import today.p2p.network.tables.TableSubject;
import today.p2p.network.tables.TableTrial;
import today.p2p.network.tables.TableWork;

/** What is measured of networks, and the ratios to reach. */
final class NetworkPlan {
    private static final int[] SIZES = {64, 1024, 65_536};
    /** What a message of each size is to be faster than with py2p. */
    private static final double[] TIMES_PY2P = {27, 12, 3};

    private static final int KIB = 1024;
    private static final List<Subject> OTHERS =
            List.of(Subject.PY2P, Subject.JS2P, Subject.JGROUPS, Subject.HAZELCAST, Subject.PEKKO);

    private final Map<Cell, Figure> figures = new LinkedHashMap<>();
    private final Map<Cell, Constant> constants = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();

    NetworkPlan() {
        oneWay(
                "One way between two processes: our messages a second, to those of Netty with SHA-256 at both ends",
                Subject.NETTY_SHA);
        oneWay("One way between two processes: the same, to Netty with nothing but a length", Subject.NETTY);
        oneWayOfOthers();
        flood();
        floodOfOthers();
        links();
        tables();
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

    /** What a cell always is; empty when it is measured. */
    Optional<Constant> constant(Cell cell) {
        return Optional.ofNullable(constants.get(cell));
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

    private void oneWayOfOthers() {
        for (int which = 0; which < SIZES.length; which++) {
            int size = SIZES[which];
            Cell ours = rate(Workload.ONE_WAY, Subject.MESH, size);
            for (Subject peer : OTHERS) {
                String group = "One way: our messages a second, to those of other libraries";
                String name = size + " bytes, to " + peer;
                Cell theirs = rate(Workload.ONE_WAY, peer, size);
                goals.add(
                        peer == Subject.PY2P
                                ? Goal.atLeast(group, name, ours, theirs, TIMES_PY2P[which])
                                : Goal.shown(group, name, ours, theirs));
            }
        }
    }

    private void floodOfOthers() {
        String rates = "Broadcasts of 1 KiB among 8 nodes: our deliveries a second, to those of other libraries";
        Cell ours = rate(Workload.FLOOD, Subject.MESH, KIB);
        for (Subject peer : OTHERS) {
            Cell theirs = rate(Workload.FLOOD, peer, KIB);
            goals.add(
                    peer == Subject.PY2P
                            ? Goal.atLeast(rates, "to " + peer, ours, theirs, 125)
                            : Goal.shown(rates, "to " + peer, ours, theirs));
        }
        String latencies =
                "The same, 200 broadcasts a second, 5 of py2p and js2p: how long ours take, to other libraries";
        for (Subject peer : OTHERS) {
            goals.add(Goal.shown(latencies, "median, to " + peer, latency(Subject.MESH, "p50"), latency(peer, "p50")));
            String name = "99th percentile, to " + peer;
            Cell most = latency(Subject.MESH, "p99");
            goals.add(
                    peer == Subject.JGROUPS
                            ? Goal.atMost(latencies, name, most, latency(peer, "p99"), 0.5)
                            : Goal.shown(latencies, name, most, latency(peer, "p99")));
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
        Cell goal = constant("2.6 KiB", 2.6 * KIB, Unit.BYTES);
        goals.add(Goal.atMost(heaps, "Mesh Network", heap(Subject.MESH), goal, 1));
        goals.add(Goal.shown(heaps, "Netty", heap(Subject.NETTY), goal));
        String greetings =
                "Links opened, shaken hands on and closed: ours a second, to those of Netty that says as much";
        Cell ours = rate(Workload.GREET, Subject.MESH, 0);
        goals.add(Goal.atLeast(greetings, "with SHA-256", ours, rate(Workload.GREET, Subject.NETTY_SHA, 0), 0.5));
        goals.add(Goal.atLeast(greetings, "without SHA-256", ours, rate(Workload.GREET, Subject.NETTY, 0), 0.5));
    }

    private void tables() {
        String writes =
                "Sync Table at 5 nodes, 16-byte keys, 100-byte values: our writes a second until all nodes hold them";
        Cell ours = table(TableWork.COPIES, TableSubject.OURS, "rate", Unit.PER_SECOND);
        goals.add(Goal.atLeast(
                writes,
                "to JGroups",
                ours,
                table(TableWork.COPIES, TableSubject.JGROUPS, "rate", Unit.PER_SECOND),
                1.2));
        goals.add(Goal.atLeast(
                writes,
                "to Hazelcast",
                ours,
                table(TableWork.COPIES, TableSubject.HAZELCAST, "rate", Unit.PER_SECOND),
                14));
        goals.add(Goal.atLeast(
                writes, "to py2p", ours, table(TableWork.COPIES, TableSubject.PY2P, "rate", Unit.PER_SECOND), 130));
        for (TableSubject peer : List.of(TableSubject.JS2P, TableSubject.PEKKO)) {
            goals.add(Goal.shown(writes, "to " + peer, ours, table(TableWork.COPIES, peer, "rate", Unit.PER_SECOND)));
        }
        visible("p50", "median", constant("0.45 ms", 450, Unit.MICROSECONDS));
        visible("p99", "99th percentile", constant("1.5 ms", 1500, Unit.MICROSECONDS));
        String heaps = "Sync Table: heap of an entry at each node, to 300 bytes";
        Cell goal = constant("300 bytes", 300, Unit.BYTES);
        for (TableSubject subject : List.of(TableSubject.OURS, TableSubject.JGROUPS, TableSubject.HAZELCAST)) {
            Cell heap = table(TableWork.COPIES_HEAP, subject, "heap", Unit.BYTES);
            goals.add(
                    subject == TableSubject.OURS
                            ? Goal.atMost(heaps, "ours", heap, goal, 1)
                            : Goal.shown(heaps, subject.toString(), heap, goal));
        }
        shares();
    }

    private void visible(String percentile, String name, Cell goal) {
        String group = "Sync Table, 200 writes a second: until the last node has a write";
        Cell ours = table(TableWork.COPIES, TableSubject.OURS, percentile, Unit.MICROSECONDS);
        goals.add(Goal.atMost(group, name + ", to " + goal.method(), ours, goal, 1));
        for (TableSubject peer : TableSubject.values()) {
            if (peer == TableSubject.OURS) {
                continue;
            }
            Cell theirs = table(TableWork.COPIES, peer, percentile, Unit.MICROSECONDS);
            goals.add(Goal.shown(group, name + ", to " + peer, ours, theirs));
        }
    }

    private void shares() {
        String calls = "Chord Table at 8 nodes, 5 of which hold each key, 64 calls under way: our calls a second";
        Cell puts = share(TableSubject.OURS, "puts");
        goals.add(Goal.atLeast(
                calls, "writes, to Hazelcast with 4 backups", puts, share(TableSubject.HAZELCAST, "puts"), 14));
        goals.add(Goal.shown(
                calls,
                "writes that are read back, to Hazelcast",
                share(TableSubject.OURS, "confirmed"),
                share(TableSubject.HAZELCAST, "puts")));
        goals.add(Goal.shown(
                calls, "writes, to JGroups with one copy, not waited for", puts, share(TableSubject.JGROUPS, "puts")));
        Cell gets = share(TableSubject.OURS, "gets");
        goals.add(Goal.atLeast(calls, "reads, to Hazelcast", gets, share(TableSubject.HAZELCAST, "gets"), 10));
        goals.add(
                Goal.atLeast(calls, "reads, to JGroups with one copy", gets, share(TableSubject.JGROUPS, "gets"), 3.9));
        String single = "Chord Table: how long a single read of ours takes, median";
        Cell ours = table(TableWork.SHARES, TableSubject.OURS, "p50", Unit.MICROSECONDS);
        Cell theirs = table(TableWork.SHARES, TableSubject.HAZELCAST, "p50", Unit.MICROSECONDS);
        goals.add(Goal.atMost(single, "to Hazelcast", ours, theirs, 1));
        TableSubject py2p = TableSubject.PY2P;
        goals.add(Goal.shown(
                calls,
                "writes that another node has read, to py2p",
                share(TableSubject.OURS, "seen"),
                share(py2p, "seen")));
        goals.add(Goal.shown(calls, "reads, to py2p", gets, share(py2p, "gets")));
        goals.add(Goal.shown(single, "to py2p", ours, table(TableWork.SHARES, py2p, "p50", Unit.MICROSECONDS)));
    }

    private Cell share(TableSubject subject, String name) {
        return table(TableWork.SHARES, subject, name, Unit.PER_SECOND);
    }

    private Cell table(TableWork work, TableSubject subject, String name, Unit unit) {
        return cell(new Figure(new TableTrial(work, subject), name, unit));
    }

    private Cell constant(String name, double value, Unit unit) {
        Cell cell = Cell.of(name);
        constants.put(cell, new Constant(value, unit));
        return cell;
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
     * @param name as {@link Workload} or {@link TableWork} gives it
     */
    record Figure(Setting.Run trial, String name, Unit unit) {}

    /** What is not measured. */
    record Constant(double value, Unit unit) {}
}
