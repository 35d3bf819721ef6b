package today.p2p.simulator.scenario;

import today.p2p.kernel.Time;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;

/** The end of all faults: every node runs, and the applications dial until each has the first node as a peer. */
final class Recovery {
    private static final int ROUNDS = 5;

    private Recovery() {}

    /** Lets about eight minutes pass. */
    static void of(Simulation simulation) {
        View view = simulation.view();
        int nodes = view.nodes();
        simulation.heal();
        for (int node = 1; node <= nodes; node++) {
            simulation.restart(node);
            simulation.skew(node, 0);
            for (int other = 1; other <= nodes; other++) {
                simulation.stall(node, other, false);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            // Links to machines that were restarted are found dead by what is said on them.
            simulation.run(90 * Time.SECOND);
            for (int node = 2; node <= nodes; node++) {
                if (!view.isPeer(node, 1) || !view.isPeer(1, node)) {
                    simulation.connect(node, 1);
                }
            }
        }
        simulation.run(30 * Time.SECOND);
        if (!view.isConnected()) {
            throw new ScenarioException("the nodes are not one mesh after all faults have stopped");
        }
    }
}
