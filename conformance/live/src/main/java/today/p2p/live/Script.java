package today.p2p.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import today.p2p.vectors.Case;
import tools.jackson.databind.JsonNode;

/**
 * A live case: what the testee's node is like, and what happens then.
 *
 * @param id of the case; peers take their own ids from it, so that a run repeats itself
 * @param node options of {@code node.open}
 * @param peers wishes about the ids of peers, by name
 */
public record Script(String id, JsonNode node, JsonNode peers, List<Step> steps) {
    static final String PLAIN = "Plaintext";

    public Script {
        steps = List.copyOf(steps);
    }

    /** The script of a case that {@link Case#isLive}. */
    public static Script of(Case live) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : live.input().path("steps")) {
            steps.add(Step.of(steps.size() + 1, step));
        }
        return new Script(live.id(), live.input().path("node"), live.input().path("peers"), steps);
    }

    /** The label of the node's encryption. */
    String encryption() {
        return node.path("encryption").asString(PLAIN);
    }

    /** The script for a reader: a line for the node, if it has options, and one for each step. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!node.isEmpty() || !peers.isEmpty()) {
            lines.add("   node " + node + (peers.isEmpty() ? "" : ", ids of peers " + peers));
        }
        for (Step step : steps) {
            lines.add(String.format("%2d %s", step.number(), step.words()));
        }
        return lines;
    }

    /** The operations that a testee must offer to take part. */
    public Set<String> ops() {
        Set<String> ops = new LinkedHashSet<>(List.of("node.open", "node.events", "node.close"));
        if (node.path("table").asString("").equals("sync")) {
            ops.addAll(List.of("table.entry", "table.get"));
        }
        for (Step step : steps) {
            switch (step.verb()) {
                case "call" -> ops.add(step.get("op").asString(""));
                case "quiet" -> ops.add("node.broadcast");
                case "keys" -> ops.add("table.keys");
                case "state" -> ops.add("node.state");
                case "accept" -> ops.add("node.connect");
                default -> {
                    // the peers do it alone
                }
            }
        }
        return ops;
    }
}
