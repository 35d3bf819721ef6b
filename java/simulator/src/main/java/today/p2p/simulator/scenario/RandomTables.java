package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.simulator.Attack;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;
import today.p2p.simulator.tables.Tables;
import today.p2p.sync.TableEntry;

/**
 * A small network with tables in which anybody writes anything while everything goes wrong, decided by one seed:
 * only what is watched after every event has to hold. When the faults have stopped, keys with one writer are the
 * same everywhere (S-2), and without leases those that all write once too (S-3); newcomers get them.
 */
public final class RandomTables {
    private static final int TURNS = 60;
    private static final List<Dialect> DIALECTS = List.of(Dialect.values());
    private static final List<Attack> ATTACKS =
            List.of(Attack.HUGE_KEYS, Attack.FORGED_OWNERS, Attack.FUTURE, Attack.MISSHAPEN, Attack.REPLAY);

    private final Dice dice;
    private final Simulation simulation;
    private final View view;
    private final Tables tables;
    private final int nodes;
    private final boolean isLeasing;
    private final boolean isMixed;
    private int writes;

    private RandomTables(long seed, Consumer<String> output) {
        dice = new Dice(seed);
        simulation = new Simulation(
                seed, dice.conditions(200 * Dice.MILLISECOND, () -> 50 + dice.below(1400), 2000), output);
        view = simulation.view();
        tables = new Tables(simulation);
        nodes = 3 + dice.below(4);
        isLeasing = dice.coin();
        isMixed = dice.below(3) == 0;
    }

    /**
     * Plays the scenario of a seed; the trace goes to {@code output}.
     *
     * @return the hash of the trace
     * @throws today.p2p.simulator.SimulationFailure when an invariant does not hold
     * @throws ScenarioException when the tables do not agree in the end
     */
    public static String play(long seed, Consumer<String> output) {
        RandomTables scenario = new RandomTables(seed, output);
        scenario.begin();
        for (int turn = 0; turn < TURNS; turn++) {
            scenario.something();
            scenario.simulation.run(scenario.dice.upTo(3 * Time.SECOND));
        }
        Recovery.of(scenario.simulation);
        scenario.ownKeys();
        scenario.contested();
        scenario.newcomer();
        return scenario.view.traceHash();
    }

    private void begin() {
        tables.hold(isLeasing);
        simulation.setLimits(simulation
                .limits()
                .with(Limit.JOIN_CHUNK, 500 + dice.below(5000))
                .with(Limit.MAX_DELETIONS, 2 + dice.below(20)));
        for (int node = 1; node <= nodes; node++) {
            simulation.setSpeech(isMixed ? dice.oneOf(DIALECTS) : Dialect.UNIVERSAL, false);
            simulation.add();
            if (node > 1 && dice.below(4) > 0) {
                simulation.connect(node, 1 + dice.below(node - 1));
            }
        }
    }

    private void something() {
        int one = node();
        int other = node();
        int kind = dice.below(24);
        switch (kind) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> dice.fault(kind, simulation, one, other);
            case 9 -> simulation.attack(dice.oneOf(ATTACKS), one);
            case 10, 11 -> simulation.connect(one, other);
            case 12 -> simulation.run(dice.upTo(dice.coin() ? 40 * Time.SECOND : 4000 * Time.SECOND));
            default -> write(one, dice.below(4) == 0 ? "shared" : "key " + dice.below(12), true);
        }
    }

    /** Sets, merges or deletes. */
    private void write(int node, String key, boolean mayDelete) {
        int number = ++writes;
        switch (dice.below(mayDelete ? 6 : 4)) {
            case 0 -> tables.put(node, key, Value.of(number));
            case 1 -> tables.put(node, key, Value.map());
            case 2, 3 -> tables.merge(node, key, Value.map(entry(dice.below(3), number)));
            case 4 -> tables.put(node, key, Value.of(n(number)));
            default -> tables.put(node, key, Value.nil());
        }
    }

    /** S-2: each node has keys that nobody else writes. */
    private void ownKeys() {
        List<String> keys = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            int node = node();
            String key = "of n" + node + " " + dice.below(3);
            keys.add(key);
            // A node that could be js2p hears of no deletion (S-7).
            write(node, key, !isMixed);
            simulation.run(dice.upTo(Time.SECOND));
        }
        simulation.run(10 * Time.SECOND);
        keys.forEach(key -> agree(key, "S-2"));
    }

    /** S-3: all write one key, each once; with leases only the first one can. */
    private void contested() {
        for (int node = 1; node <= nodes; node++) {
            tables.put(node, "contested", Value.of(node));
            simulation.run(dice.upTo(Time.SECOND / 2) + (isLeasing ? 3 * Time.SECOND : 0));
        }
        simulation.run(5 * Time.SECOND);
        agree("contested", "S-3");
    }

    private void newcomer() {
        simulation.kill(nodes);
        simulation.run(Time.SECOND);
        simulation.restart(nodes);
        simulation.connect(nodes, 1);
        simulation.run(20 * Time.SECOND);
        agree("contested", "SYN-13");
        for (int node = 1; node <= nodes; node++) {
            agree("of n" + node + " 0", "SYN-13");
        }
    }

    private void agree(String key, String rule) {
        Optional<String> first = shown(1, key);
        for (int node = 2; node <= nodes; node++) {
            Optional<String> other = shown(node, key);
            if (!first.equals(other)) {
                throw new ScenarioException(
                        rule + ": n1 has " + first + " at \"" + key + "\", n" + node + " has " + other);
            }
        }
    }

    private Optional<String> shown(int node, String key) {
        return tables.entry(node, key).map(TableEntry::toString);
    }

    private static Value.Entry entry(int key, int value) {
        return new Value.Entry(Value.of(n(key)), value % 5 == 0 ? Value.nil() : Value.of(value));
    }

    private static String n(int number) {
        return "n" + number;
    }

    private int node() {
        return 1 + dice.below(nodes);
    }
}
