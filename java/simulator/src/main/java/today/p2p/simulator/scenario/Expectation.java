package today.p2p.simulator.scenario;

import java.util.List;
import today.p2p.simulator.View;

/** What a scenario file may expect; the words after {@code expect}. */
final class Expectation {
    private final View view;

    Expectation(View view) {
        this.view = view;
    }

    /** Throws with file:line and what is the case, unless it is as expected. */
    void check(Line line) {
        switch (line.command()) {
            case "delivered" -> delivered(line);
            case "once" -> once(line);
            case "peers" -> peers(line);
            case "connected" -> {
                line.end(1);
                require(line, view.isConnected(), "the running nodes do not all reach each other");
            }
            case "links" -> {
                line.end(4);
                int links = view.connections(line.number(1), line.number(2));
                require(line, links == line.number(3), "there are " + links);
            }
            case "outcome" -> {
                String outcome = view.lastOutcome(line.number(1)).orElse("none");
                require(line, outcome.equals(String.join(" ", line.from(2).words())), "it is " + outcome);
            }
            case "messages" -> {
                line.end(2);
                require(line, view.mostMessages() <= line.number(1), "there were " + view.mostMessages());
            }
            case "lost" -> {
                line.end(2);
                require(line, view.honestLinksLost() == line.number(1), "there are " + view.honestLinksLost());
            }
            case "outgoing" -> {
                for (int node = 1; node <= view.nodes(); node++) {
                    require(
                            line,
                            view.outgoing(node) <= line.number(1),
                            "n" + node + " dialled " + view.outgoing(node));
                }
            }
            default -> throw line.wrong("nothing is called " + line.command());
        }
    }

    private void delivered(Line line) {
        line.end(3);
        String text = line.word(1);
        List<Integer> receivers = line.nodes(2, view.nodes());
        for (int node = 1; node <= view.nodes(); node++) {
            int times = view.delivered(node, text);
            require(line, times == (receivers.contains(node) ? 1 : 0), "n" + node + " has it " + times + " times");
        }
    }

    private void once(Line line) {
        line.end(2);
        for (int node = 1; node <= view.nodes(); node++) {
            int times = view.delivered(node, line.word(1));
            require(line, times <= 1, "n" + node + " has it " + times + " times");
        }
    }

    private void peers(Line line) {
        line.end(3);
        for (int node : line.nodes(1, view.nodes())) {
            List<Integer> expected = line.nodes(2, view.nodes()).stream()
                    .filter(peer -> peer != node)
                    .toList();
            require(line, view.peers(node).equals(expected), "n" + node + " has " + view.peers(node));
        }
    }

    /** Throws with file:line and what is the case, unless it is as expected. */
    static void require(Line line, boolean holds, String actual) {
        if (!holds) {
            throw line.wrong("expected " + line + ", but " + actual);
        }
    }
}
