package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Time;
import today.p2p.simulator.Attack;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;

/**
 * A small network in which everything goes wrong that can, decided by one seed. While faults last, only the
 * invariants hold. When they stop and the applications have dialled again, the nodes are one mesh, and a
 * broadcast reaches each of them once.
 */
public final class RandomScenario {
    private static final int FAULTS = 40;
    private static final List<Dialect> DIALECTS = List.of(Dialect.values());

    private final Dice dice;
    private final Simulation simulation;
    private final View view;
    private final int nodes;
    private int texts;

    private RandomScenario(long seed, Consumer<String> output) {
        dice = new Dice(seed);
        simulation = new Simulation(
                seed,
                dice.conditions(120 * Dice.MILLISECOND, () -> 1 + dice.below(dice.coin() ? 40 : 1460), 2000),
                output);
        view = simulation.view();
        nodes = 3 + dice.below(8);
    }

    /**
     * Plays the scenario of a seed; the trace goes to {@code output}.
     *
     * @return the hash of the trace
     * @throws today.p2p.simulator.SimulationFailure when an invariant does not hold
     * @throws ScenarioException when the nodes are no mesh in the end
     */
    public static String play(long seed, Consumer<String> output) {
        RandomScenario scenario = new RandomScenario(seed, output);
        scenario.begin();
        for (int fault = 0; fault < FAULTS; fault++) {
            scenario.something();
            scenario.simulation.run(scenario.dice.upTo(4 * Time.SECOND));
        }
        Recovery.of(scenario.simulation);
        scenario.settle();
        return scenario.view.traceHash();
    }

    private void begin() {
        for (int node = 1; node <= nodes; node++) {
            Dialect dialect = dice.coin() ? Dialect.UNIVERSAL : dice.oneOf(DIALECTS);
            simulation.setSpeech(dialect, dice.coin());
            simulation.add();
            if (node > 1) {
                simulation.connect(node, 1 + dice.below(node - 1));
                simulation.run(dice.upTo(Time.SECOND));
            }
        }
    }

    private void something() {
        int one = node();
        int other = node();
        int kind = dice.below(16);
        switch (kind) {
            case 6 -> partition();
            case 0, 1, 2, 3, 4, 5, 7, 8 -> dice.fault(kind, simulation, one, other);
            case 9 -> attack(one);
            case 10 -> simulation.whisper(one, other, text());
            case 11 -> both(one, other);
            case 12 -> simulation.connect(one, other);
            case 13 -> simulation.run(dice.upTo(40 * Time.SECOND));
            default -> simulation.broadcast(one, text());
        }
    }

    /** Two that dial each other at once. */
    private void both(int one, int other) {
        simulation.connect(one, other);
        simulation.run(dice.upTo(100 * Dice.MILLISECOND));
        simulation.connect(other, one);
    }

    private void attack(int node) {
        List<Attack> attacks =
                Stream.of(Attack.values()).filter(one -> !one.isOnTable()).toList();
        simulation.attack(dice.oneOf(attacks), node);
    }

    private void partition() {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            (dice.coin() ? left : right).add(node);
        }
        simulation.partition(List.of(left, right));
    }

    private void settle() {
        int author = node();
        simulation.broadcast(author, "the end");
        simulation.run(10 * Time.SECOND);
        for (int node = 1; node <= nodes; node++) {
            int times = view.delivered(node, "the end");
            if (times != (node == author ? 0 : 1)) {
                throw new ScenarioException("n" + node + " has the last broadcast " + times + " times");
            }
        }
    }

    private int node() {
        return 1 + dice.below(nodes);
    }

    private String text() {
        int length = dice.below(4) == 0 ? dice.below(20_000) : 0;
        return "text " + ++texts + "x".repeat(length);
    }
}
