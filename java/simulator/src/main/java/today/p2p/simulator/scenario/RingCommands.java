package today.p2p.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import today.p2p.chord.ChordOutcome;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.Value;
import today.p2p.simulator.View;
import today.p2p.simulator.ring.Rings;

/** What scenario files do with Chord Tables, and may expect of them: the words after {@code ring}. */
final class RingCommands {
    private final View view;
    private final Rings rings;
    private final Map<String, Value> filled = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Long>> reads = new HashMap<>();

    RingCommands(View view, Rings rings) {
        this.view = view;
        this.rings = rings;
    }

    /** Does something. */
    void act(Line line) {
        switch (line.command()) {
            case "join" -> each(line, 2, rings::join);
            case "leave" -> each(line, 2, rings::leave);
            case "put" -> put(line, TableValue.of(line, 3), false);
            case "confirm" -> put(line, TableValue.of(line, 3), true);
            case "delete" -> each(line, 3, node -> rings.put(node, line.word(2), Value.nil(), false));
            case "get" -> each(line, 3, node -> rings.get(node, line.word(2)));
            case "delta" -> {
                Value.Map delta = TableValue.map(line, 3);
                each(line, line.size(), node -> rings.merge(node, line.word(2), delta));
            }
            case "fill" -> fill(line);
            case "read" ->
                each(line, 2, node -> {
                    Map<String, Long> calls = new LinkedHashMap<>();
                    filled.keySet().forEach(key -> calls.put(key, rings.get(node, key)));
                    reads.put(node, calls);
                });
            default -> throw line.wrong("a ring has no command " + line.command());
        }
    }

    /** Throws with file:line and what is the case, unless it is as expected. */
    void check(Line line) {
        switch (line.command()) {
            case "found" -> {
                line.end(3);
                found(line, TableValue.of(line, 2));
            }
            case "map" -> found(line, TableValue.map(line, 2));
            case "outcome" ->
                each(line, line.size(), node -> {
                    String wanted = String.join(" ", line.from(2).words());
                    String actual =
                            rings.lastOutcome(node).map(RingCommands::shown).orElse("open");
                    Expectation.require(line, actual.equals(wanted), "n" + node + " has " + actual);
                });
            case "all" -> each(line, 2, node -> all(line, node));
            case "whole" -> {
                line.end(1);
                Optional<String> flaw = rings.flaw();
                Expectation.require(line, flaw.isEmpty(), flaw.orElse(""));
            }
            case "torn" -> {
                line.end(1);
                Expectation.require(line, rings.flaw().isPresent(), "it is whole");
            }
            case "joined" -> {
                List<Integer> joined = rings.joined();
                List<Integer> wanted = line.nodes(1, view.nodes());
                Expectation.require(line, joined.equals(wanted), "these have: " + joined);
            }
            default -> count(line);
        }
    }

    private void count(Line line) {
        switch (line.command()) {
            case "held" ->
                each(line, 3, node -> {
                    int held = rings.stats(node).entries();
                    Expectation.require(line, held == line.number(2), "n" + node + " has " + held);
                });
            case "keys" ->
                each(line, 3, node -> {
                    int keys = rings.keys(node).size();
                    Expectation.require(line, keys == line.number(2), "n" + node + " has " + keys);
                });
            case "lost" -> {
                line.end(2);
                int lost = rings.lost(filled.keySet());
                Expectation.require(line, lost == line.number(1), lost + " are");
            }
            case "owners" -> {
                line.end(3);
                List<String> owners = new ArrayList<>();
                rings.owners(line.word(1)).forEach(node -> owners.add(String.valueOf(node)));
                String actual = String.join(",", owners);
                Expectation.require(line, actual.equals(line.word(2)), "it is " + actual);
            }
            case "split" -> {
                line.end(2);
                int values = rings.values(line.word(1));
                Expectation.require(line, values > 1, values + " is at its positions");
            }
            default -> throw line.wrong("nothing of a ring is called " + line.command());
        }
    }

    private void put(Line line, Value value, boolean isConfirmed) {
        filled.remove(line.word(2));
        each(line, 4, node -> rings.put(node, line.word(2), value, isConfirmed));
    }

    private void fill(Line line) {
        line.end(3);
        for (int number = 1; number <= line.number(2); number++) {
            String key = "key " + number;
            Value value = Value.of(number);
            filled.put(key, value);
            List<Integer> nodes = line.nodes(1, view.nodes());
            rings.put(nodes.get(number % nodes.size()), key, value, false);
        }
    }

    private void found(Line line, Value value) {
        for (int node : line.nodes(1, view.nodes())) {
            Optional<Outcome> outcome = rings.lastOutcome(node);
            boolean holds = Rings.found(outcome).filter(value::equals).isPresent();
            String actual = outcome.map(RingCommands::shown).orElse("open");
            Expectation.require(line, holds, "n" + node + " has " + actual);
        }
    }

    private void all(Line line, int node) {
        Map<String, Long> calls = reads.getOrDefault(node, Map.of());
        filled.forEach((key, value) -> {
            Optional<Outcome> outcome = Optional.ofNullable(calls.get(key)).flatMap(call -> rings.outcome(node, call));
            String actual = outcome.map(RingCommands::shown).orElse("open");
            boolean holds = Rings.found(outcome).filter(value::equals).isPresent();
            Expectation.require(line, holds, "n" + node + " has " + actual + " at \"" + key + "\"");
        });
    }

    private void each(Line line, int end, IntConsumer act) {
        line.end(end);
        line.nodes(1, view.nodes()).forEach(act::accept);
    }

    private static String shown(Outcome outcome) {
        if (outcome instanceof ChordOutcome.Found found) {
            return "Found " + found.value();
        }
        if (outcome instanceof ChordOutcome.Left left) {
            return "Left " + left.unconfirmed();
        }
        if (outcome instanceof ChordOutcome.TimedOut late) {
            return "TimedOut " + late.answers();
        }
        return outcome instanceof Outcome.Failed failed
                ? failed.error().name()
                : outcome.getClass().getSimpleName();
    }
}
