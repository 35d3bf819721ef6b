package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import today.p2p.chord.ChordOutcome;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.simulator.Attack;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.View;
import today.p2p.simulator.ring.Rings;

/**
 * A small ring in which anybody writes and reads anything while nodes join, leave, crash and are cut off, decided by
 * one seed: what is watched after every event has to hold, and no read says what was never written. When the faults
 * have stopped, the ring is whole again within a minute (C-7), and then neither two crashes at once nor a leave nor
 * a join lose anything (C-2).
 */
public final class RandomRings {
    private static final int TURNS = 60;
    private static final int KEYS = 20;
    private static final List<Attack> ATTACKS = List.of(Attack.GARBAGE, Attack.LIAR, Attack.POISON, Attack.REPLAY);

    private final Dice dice;
    private final Simulation simulation;
    private final View view;
    private final Rings rings;
    private final int nodes;
    private final Map<String, Set<Value>> written = new HashMap<>();
    private final Map<String, Value> last = new LinkedHashMap<>();
    private final List<Read> reads = new ArrayList<>();
    private int writes;

    private RandomRings(long seed, Consumer<String> output) {
        dice = new Dice(seed);
        simulation = new Simulation(
                seed, dice.conditions(200 * Dice.MILLISECOND, () -> 50 + dice.below(1400), 4000), output);
        view = simulation.view();
        rings = new Rings(simulation);
        nodes = 5 + dice.below(4);
    }

    /**
     * Plays the scenario of a seed; the trace goes to {@code output}.
     *
     * @return the hash of the trace
     * @throws today.p2p.simulator.SimulationFailure when an invariant does not hold
     * @throws ScenarioException when a read says what nobody wrote, or the ring does not become whole
     */
    public static String play(long seed, Consumer<String> output) {
        RandomRings scenario = new RandomRings(seed, output);
        scenario.begin();
        for (int turn = 0; turn < TURNS; turn++) {
            scenario.something();
            scenario.simulation.run(scenario.dice.upTo(3 * Time.SECOND));
            scenario.check();
        }
        Recovery.of(scenario.simulation);
        scenario.calm();
        return scenario.view.traceHash();
    }

    private void begin() {
        rings.hold(true);
        for (int node = 1; node <= nodes; node++) {
            simulation.add();
            if (node > 1) {
                simulation.connect(node, 1 + dice.below(node - 1));
            }
            if (dice.below(4) > 0) {
                rings.join(node);
            }
        }
    }

    private void something() {
        int one = node();
        int other = node();
        int kind = dice.below(30);
        switch (kind) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> dice.fault(kind, simulation, one, other);
            case 9 -> simulation.attack(dice.oneOf(ATTACKS), one);
            case 10, 11 -> simulation.connect(one, other);
            case 12 -> rings.leave(one);
            case 13, 14, 15 -> rings.join(one);
            case 16 -> simulation.run(dice.upTo(dice.coin() ? 40 * Time.SECOND : 400 * Time.SECOND));
            case 17, 18, 19, 20, 21 -> read(one, key());
            default -> write(one, key());
        }
    }

    private String key() {
        return "key " + dice.below(12);
    }

    private void write(int node, String key) {
        Value value = dice.below(5) == 0 ? Value.nil() : Value.of(++writes);
        written.computeIfAbsent(key, one -> new HashSet<>()).add(value);
        rings.put(node, key, value, dice.below(3) == 0);
    }

    private void read(int node, String key) {
        reads.add(new Read(node, rings.get(node, key), key));
    }

    /** No read says what was never written. */
    private void check() {
        reads.removeIf(read -> {
            Optional<Outcome> outcome = rings.outcome(read.node, read.call);
            Set<Value> values = written.getOrDefault(read.key, Set.of());
            Rings.found(outcome).filter(value -> !values.contains(value)).ifPresent(value -> {
                throw new ScenarioException(
                        "C-1: n" + read.node + " reads at \"" + read.key + "\" what nobody wrote: " + value);
            });
            return outcome.isPresent();
        });
    }

    private void calm() {
        for (int node = 1; node <= nodes; node++) {
            rings.join(node);
        }
        whole("all have joined");
        for (int key = 0; key < KEYS; key++) {
            Value value = Value.of(++writes);
            last.put("calm " + key, value);
            rings.put(node(), "calm " + key, value, false);
        }
        simulation.run(5 * Time.SECOND);
        readable("they were written");
        twoCrash();
        oneLeaves();
    }

    private void twoCrash() {
        int one = node();
        int other = one % nodes + 1;
        simulation.kill(one);
        simulation.kill(other);
        simulation.run(3 * Time.SECOND);
        readable("two were killed");
        whole("two were killed");
        int contact = running();
        for (int node : List.of(one, other)) {
            simulation.restart(node);
            simulation.connect(node, contact);
            simulation.run(dice.upTo(Time.SECOND));
            rings.join(node);
        }
        simulation.run(3 * Time.SECOND);
        readable("two came back");
        whole("two came back");
    }

    private void oneLeaves() {
        int one = node();
        long call = rings.leave(one);
        simulation.run(11 * Time.SECOND);
        Optional<Outcome> outcome = rings.outcome(one, call);
        if (!outcome.equals(Optional.of(new ChordOutcome.Left(0)))) {
            throw new ScenarioException("C-2: n" + one + " leaves with " + outcome);
        }
        simulation.kill(one);
        simulation.run(3 * Time.SECOND);
        readable("n" + one + " has left");
        whole("n" + one + " has left");
    }

    /** Within a minute. */
    private void whole(String when) {
        simulation.run(60 * Time.SECOND);
        rings.flaw().ifPresent(flaw -> {
            throw new ScenarioException("C-7: a minute after " + when + ", " + flaw);
        });
    }

    private void readable(String when) {
        int reader = running();
        Map<String, Long> calls = new LinkedHashMap<>();
        last.keySet().forEach(key -> calls.put(key, rings.get(reader, key)));
        simulation.run(11 * Time.SECOND);
        last.forEach((key, value) -> {
            Optional<Outcome> outcome =
                    Optional.ofNullable(calls.get(key)).flatMap(call -> rings.outcome(reader, call));
            if (!outcome.equals(Optional.of(new ChordOutcome.Found(value)))) {
                throw new ScenarioException("C-2: after " + when + ", n" + reader + " reads at \"" + key + "\" "
                        + outcome + " in place of " + value);
            }
        });
    }

    private int running() {
        int node = node();
        while (!view.isUp(node)) {
            node = node % nodes + 1;
        }
        return node;
    }

    private int node() {
        return 1 + dice.below(nodes);
    }

    /** A read that has begun. */
    private record Read(int node, long call, String key) {}
}
