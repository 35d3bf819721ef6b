package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Time;
import today.p2p.simulator.Attack;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;

/**
 * A small network in which everything goes wrong that can, decided by one seed. While faults last, only the
 * invariants hold. When they stop and the applications have dialled again, the nodes are one mesh, and a
 * broadcast reaches each of them once.
 */
public final class RandomScenario {
    private static final long MILLISECOND = Time.SECOND / 1000;
    private static final int FAULTS = 40;

    private final RandomGenerator random;
    private final Simulation simulation;
    private final View view;
    private final int nodes;
    private int texts;

    private RandomScenario(long seed, Consumer<String> output) {
        // Of its own: what it decides does not depend on what the machines draw.
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
        simulation = new Simulation(seed, conditions(), output);
        view = simulation.view();
        nodes = 3 + random.nextInt(8);
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
            scenario.simulation.run(scenario.upTo(4 * Time.SECOND));
        }
        Recovery.of(scenario.simulation);
        scenario.settle();
        return scenario.view.traceHash();
    }

    private Conditions conditions() {
        Conditions drawn = Conditions.QUIET
                .withDelay(upTo(80 * MILLISECOND), upTo(120 * MILLISECOND))
                .withChunk(1 + random.nextInt(random.nextBoolean() ? 40 : 1460));
        return drawn.withWindow(2000 + random.nextInt(60_000))
                .withHop(random.nextBoolean() ? 0 : upTo(5 * MILLISECOND));
    }

    private void begin() {
        for (int node = 1; node <= nodes; node++) {
            Dialect[] dialects = Dialect.values();
            Dialect dialect = random.nextBoolean() ? Dialect.UNIVERSAL : dialects[random.nextInt(dialects.length)];
            simulation.setSpeech(dialect, random.nextBoolean());
            simulation.add();
            if (node > 1) {
                simulation.connect(node, 1 + random.nextInt(node - 1));
                simulation.run(upTo(Time.SECOND));
            }
        }
    }

    private void something() {
        int one = node();
        int other = node();
        switch (random.nextInt(16)) {
            case 0 -> simulation.crash(one);
            case 1 -> simulation.kill(one);
            case 2 -> simulation.restart(one);
            case 3 -> simulation.reset(one, other);
            case 4 -> simulation.stall(one, other, true);
            case 5 -> simulation.stall(one, other, false);
            case 6 -> partition();
            case 7 -> simulation.heal();
            case 8 -> simulation.skew(one, upTo(150 * Time.SECOND) - 75 * Time.SECOND);
            case 9 -> attack(one);
            case 10 -> simulation.whisper(one, other, text());
            case 11 -> both(one, other);
            case 12 -> simulation.connect(one, other);
            case 13 -> simulation.run(upTo(40 * Time.SECOND));
            default -> simulation.broadcast(one, text());
        }
    }

    /** Two that dial each other at once. */
    private void both(int one, int other) {
        simulation.connect(one, other);
        simulation.run(upTo(100 * MILLISECOND));
        simulation.connect(other, one);
    }

    private void attack(int node) {
        List<Attack> attacks =
                Stream.of(Attack.values()).filter(one -> !one.isOnTable()).toList();
        simulation.attack(attacks.get(random.nextInt(attacks.size())), node);
    }

    private void partition() {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            (random.nextBoolean() ? left : right).add(node);
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
        return 1 + random.nextInt(nodes);
    }

    private String text() {
        int length = random.nextInt(4) == 0 ? random.nextInt(20_000) : 0;
        return "text " + ++texts + "x".repeat(length);
    }

    private long upTo(long nanos) {
        return random.nextLong(nanos + 1);
    }
}
