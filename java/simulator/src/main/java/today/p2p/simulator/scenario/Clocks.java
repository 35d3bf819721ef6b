package today.p2p.simulator.scenario;

import java.util.function.Consumer;
import today.p2p.kernel.Time;
import today.p2p.simulator.Attack;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;

/**
 * Nodes whose clocks are wrong, and frames that come again: a broadcast is delivered once by whoever has its
 * time within the window, and by nobody twice (BRD-1, MSH-10 to MSH-12).
 */
public final class Clocks {
    private static final long TENTH = Time.SECOND / 10;
    private static final int WINDOW = 60;
    private static final int NODES = 4;

    private Clocks() {}

    /**
     * A full mesh of four of which one node's clock is off; the author's is true.
     *
     * @param tenths how far the clock is ahead, in tenths of a second
     * @throws ScenarioException when a node has the broadcast another number of times than it must
     */
    public static void play(int tenths, Consumer<String> output) {
        Simulation simulation = mesh(tenths + 1000, output);
        simulation.skew(2, tenths * TENTH);
        simulation.broadcast(1, "hello");
        simulation.run(Time.SECOND / 2);
        // The mesh stands at a whole second, and the frame arrives in it: what the node reads is whole too.
        long ahead = Math.floorDiv(tenths, 10);
        boolean isInside = -ahead > -WINDOW && -ahead <= WINDOW;
        check(simulation.view(), isInside ? 1 : 0, tenths);
    }

    /**
     * The same, and then every frame comes again each second for four minutes, while clocks step.
     *
     * @param tenths how far one clock is ahead at first, and by how much the clocks step
     */
    public static void replay(int tenths, Consumer<String> output) {
        Simulation simulation = mesh(tenths + 1000, output);
        simulation.attack(Attack.REPLAY, 1);
        simulation.run(Time.SECOND);
        simulation.skew(2, tenths * TENTH);
        simulation.broadcast(1, "hello");
        simulation.broadcast(3, "hello too");
        for (int step = 1; step <= 10; step++) {
            simulation.run(11 * Time.SECOND);
            // Back and forth, so that what was outside the window comes inside again.
            simulation.skew(2, (step % 2 == 0 ? tenths : -tenths) * TENTH);
            simulation.skew(3, (step % 3 - 1) * 3600 * Time.SECOND);
        }
        simulation.run(150 * Time.SECOND);
        once(simulation.view(), "hello", tenths);
        once(simulation.view(), "hello too", tenths);
    }

    private static Simulation mesh(long seed, Consumer<String> output) {
        Simulation simulation = new Simulation(seed, Conditions.QUIET, output);
        for (int node = 1; node <= NODES; node++) {
            simulation.add();
            if (node > 1) {
                simulation.connect(node, node - 1);
            }
            simulation.run(Time.SECOND);
        }
        return simulation;
    }

    private static void check(View view, int atTwo, int tenths) {
        for (int node = 2; node <= NODES; node++) {
            int times = view.delivered(node, "hello");
            if (times != (node == 2 ? atTwo : 1)) {
                throw new ScenarioException(tenths + " tenths: n" + node + " has it " + times + " times");
            }
        }
    }

    private static void once(View view, String text, int tenths) {
        for (int node = 1; node <= NODES; node++) {
            if (view.delivered(node, text) > 1) {
                throw new ScenarioException(tenths + " tenths: n" + node + " has it twice");
            }
        }
    }
}
