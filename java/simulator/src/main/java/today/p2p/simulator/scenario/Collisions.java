package today.p2p.simulator.scenario;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.kernel.Time;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;

/** Two nodes that dial each other at once: one link remains, the same on both sides (MSH-2, DUP-1). */
public final class Collisions {
    private static final long MILLISECOND = Time.SECOND / 1000;

    private Collisions() {}

    /**
     * One collision with delays that the seed decides.
     *
     * @throws ScenarioException when no link, more than one, or not the same remains
     */
    public static void play(long seed, Consumer<String> output) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
        Conditions conditions = Conditions.QUIET
                .withDelay(random.nextLong(50 * MILLISECOND), random.nextLong(50 * MILLISECOND) + 1)
                .withChunk(1 + random.nextInt(1460))
                .withHop(random.nextBoolean() ? 0 : random.nextLong(10 * MILLISECOND));
        Simulation simulation = new Simulation(seed, conditions, output);
        simulation.add();
        simulation.add();
        int first = 1 + random.nextInt(2);
        long one = simulation.connect(first, 3 - first);
        simulation.run(random.nextLong(100 * MILLISECOND));
        long other = simulation.connect(3 - first, first);
        simulation.run(5 * Time.SECOND);
        check(seed, simulation.view());
        outcome(seed, simulation.view(), first, one);
        outcome(seed, simulation.view(), 3 - first, other);
    }

    private static void check(long seed, View view) {
        boolean isOne = view.connections(1, 2) == 1 && view.links(1) == 1 && view.links(2) == 1;
        boolean isSame = view.peers(1).equals(List.of(2)) && view.peers(2).equals(List.of(1));
        if (!isOne || !isSame) {
            throw new ScenarioException("seed " + seed + ": " + view.connections(1, 2) + " connections, n1 has "
                    + view.peers(1) + ", n2 has " + view.peers(2));
        }
    }

    private static void outcome(long seed, View view, int node, long call) {
        String outcome = view.outcome(node, call).orElse("open");
        if (!outcome.equals("Connected")) {
            throw new ScenarioException("seed " + seed + ": the dial of n" + node + " ended as " + outcome);
        }
    }
}
