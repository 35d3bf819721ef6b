package today.p2p.simulator.scenario;

import java.util.List;
import java.util.Optional;
import today.p2p.msgpack.Value;
import today.p2p.simulator.View;
import today.p2p.simulator.tables.Tables;
import today.p2p.sync.Refusal;
import today.p2p.sync.TableEntry;

/** What a scenario file may expect of tables; the words after {@code expect}. */
final class TableExpectation {
    private final View view;
    private final Tables tables;

    TableExpectation(View view, Tables tables) {
        this.view = view;
        this.tables = tables;
    }

    /**
     * Checks what is expected of tables; whether it was that. Throws with file:line and what is the case, unless it
     * is as expected.
     */
    boolean knows(Line line) {
        switch (line.command()) {
            case "value" -> value(line);
            case "map" -> is(line, TableValue.map(line, 3));
            case "absent" -> absent(line);
            case "owner" -> owner(line);
            case "refused" -> refused(line);
            case "entries" -> entries(line);
            case "equal" -> equal(line);
            case "different" -> different(line);
            case "ready" -> ready(line);
            case "ignored" -> ignored(line);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void value(Line line) {
        line.end(4);
        is(line, TableValue.of(line, 3));
    }

    private void is(Line line, Value expected) {
        for (int node : nodes(line)) {
            Optional<TableEntry> entry = tables.entry(node, line.word(2));
            boolean holds = entry.filter(one -> one.value().equals(expected)).isPresent();
            Expectation.require(line, holds, "n" + node + " has " + shown(entry));
        }
    }

    private void absent(Line line) {
        line.end(3);
        for (int node : nodes(line)) {
            Optional<TableEntry> entry = tables.entry(node, line.word(2));
            Expectation.require(line, entry.isEmpty(), "n" + node + " has " + shown(entry));
        }
    }

    private void owner(Line line) {
        line.end(4);
        Optional<Integer> expected = Optional.of(line.number(3));
        for (int node : nodes(line)) {
            Optional<TableEntry> entry = tables.entry(node, line.word(2));
            Optional<Integer> owner = entry.flatMap(tables::owner);
            String actual = owner.map(one -> "n" + one).orElse("nobody that we know");
            Expectation.require(line, owner.equals(expected), "at n" + node + " it is " + actual);
        }
    }

    private void refused(Line line) {
        line.end(2);
        for (int node : nodes(line)) {
            String outcome = view.lastOutcome(node).orElse("none");
            Expectation.require(line, outcome.equals("Held"), "the outcome of n" + node + " is " + outcome);
        }
    }

    private void entries(Line line) {
        line.end(3);
        for (int node : nodes(line)) {
            int size = tables.size(node);
            Expectation.require(line, size == line.number(2), "n" + node + " has " + size);
        }
    }

    private void equal(Line line) {
        line.end(2);
        List<Integer> nodes = nodes(line);
        for (int node : nodes) {
            Optional<String> difference = tables.difference(nodes.get(0), node);
            String where = "n" + nodes.get(0) + " and n" + node + " differ at " + difference.orElse("no key");
            Expectation.require(line, difference.isEmpty(), where);
        }
    }

    private void different(Line line) {
        line.end(3);
        int one = line.number(1);
        int other = line.number(2);
        Expectation.require(line, tables.difference(one, other).isPresent(), "they hold the same");
    }

    private void ready(Line line) {
        line.end(2);
        for (int node : nodes(line)) {
            Expectation.require(line, tables.isReady(node), "n" + node + " is not");
        }
    }

    private void ignored(Line line) {
        line.end(4);
        Refusal why = line.constant(2, Refusal.class);
        for (int node : nodes(line)) {
            long times = tables.refused(node, why);
            Expectation.require(line, times == line.number(3), "n" + node + " did so " + times + " times");
        }
    }

    private List<Integer> nodes(Line line) {
        return line.nodes(1, view.nodes());
    }

    private static String shown(Optional<TableEntry> entry) {
        return entry.map(one -> one.value().toString()).orElse("nothing");
    }
}
