package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import today.p2p.kernel.Time;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;

/**
 * A mesh of many nodes that know one address at the start, and what broadcasts in it cost: every node gets each
 * once, for at most (2l - 1) n + 1 messages, where l is how many links a node dials at most.
 */
public final class LargeMesh {
    private static final int OUTGOING = 4;
    private static final int BROADCASTS = 10;
    private static final long MILLISECOND = Time.SECOND / 1000;

    private final Simulation simulation;
    private final int nodes;

    /** Starts the nodes one after another; each dials the first one, and then whom it hears of. */
    public LargeMesh(long seed, int nodes) {
        this.nodes = nodes;
        simulation = new Simulation(seed, Conditions.QUIET.withDelay(20 * MILLISECOND, 60 * MILLISECOND));
        for (int node = 1; node <= nodes; node++) {
            simulation.add();
            if (node > 1) {
                simulation.connect(node, 1);
            }
            simulation.run(20 * MILLISECOND);
        }
        simulation.run(10 * Time.SECOND);
    }

    /** Has that many nodes broadcast one after another; what each cost. */
    private List<Cost> broadcasts(int count) {
        List<Cost> costs = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String text = "broadcast " + simulation.view().now();
            int author = running(number * 7919 % nodes + 1);
            int before = simulation.view().messages();
            simulation.broadcast(author, text);
            simulation.run(5 * Time.SECOND);
            costs.add(new Cost(
                    author, deliveredOnce(author, text), simulation.view().messages() - before));
        }
        return costs;
    }

    /**
     * Broadcasts ten times, then takes the first node away and broadcasts once more.
     *
     * @return what was measured
     * @throws ScenarioException when a node lacks one, has one twice, or one costs too much
     */
    public String report(long seed) {
        String shape = shape();
        if (!simulation.view().isConnected()) {
            throw new ScenarioException("the mesh is in pieces: " + shape);
        }
        List<Cost> costs = broadcasts(BROADCASTS);
        costs.forEach(this::check);
        int most = costs.stream().mapToInt(Cost::messages).max().orElse(0);
        simulation.kill(1);
        simulation.run(30 * Time.SECOND);
        // What node 1 leaves behind may have dialled more: the bound is that of the links there are.
        Cost without = broadcasts(1).get(0);
        if (!simulation.view().isConnected() || without.reached != nodes - 2) {
            throw new ScenarioException("without n1, a broadcast reaches " + without.reached);
        }
        return "n=%d, l=%d, seed %d: %s; %d broadcasts reached all once, for at most %d messages of %d; without n1: %d"
                .formatted(nodes, OUTGOING, seed, shape, BROADCASTS, most, mostMessages(), without.messages);
    }

    private void check(Cost cost) {
        if (cost.reached != nodes - 1 || cost.messages > mostMessages()) {
            throw new ScenarioException(cost + ", at most " + mostMessages());
        }
    }

    /** The most that a broadcast may cost. */
    private int mostMessages() {
        return (2 * OUTGOING - 1) * nodes + 1;
    }

    /** How many links there are, and how many of them a node dialled at most. */
    private String shape() {
        View view = simulation.view();
        int links = 0;
        int outgoing = 0;
        for (int node = 1; node <= nodes; node++) {
            links += view.outgoing(node);
            outgoing = Math.max(outgoing, view.outgoing(node));
        }
        return links + " links, at most " + outgoing + " dialled by a node";
    }

    private int running(int node) {
        int found = node;
        while (!simulation.view().isUp(found)) {
            found = found % nodes + 1;
        }
        return found;
    }

    private int deliveredOnce(int author, String text) {
        int reached = 0;
        for (int node = 1; node <= nodes; node++) {
            reached += node != author && simulation.view().delivered(node, text) == 1 ? 1 : 0;
        }
        return reached;
    }

    /**
     * What one broadcast cost.
     *
     * @param author the node that sent it
     * @param reached how many others had it delivered exactly once
     * @param messages how often it was sent on a link
     */
    private record Cost(int author, int reached, int messages) {}
}
