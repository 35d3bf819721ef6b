package today.p2p.vectors;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes out the short forms that keep vector files small. */
final class Notation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Notation() {}

    /** A copy with every {@code $cat} as hex; {@code $rep} and {@code $reps} of values stay. */
    static JsonNode joined(JsonNode node) {
        return copy(node, false);
    }

    /** A copy with every {@code $cat} as hex, {@code $rep} as {@code $bin} and {@code $reps} as text. */
    static JsonNode full(JsonNode node) {
        return copy(node, true);
    }

    private static JsonNode copy(JsonNode node, boolean full) {
        if (node.isArray()) {
            ArrayNode items = NODES.arrayNode(node.size());
            node.forEach(item -> items.add(copy(item, full)));
            return items;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.has("$cat")) {
            return NODES.stringNode(join(node.get("$cat")));
        }
        if (full && node.has("$rep")) {
            return NODES.objectNode().put("$bin", repeated(node.get("$rep")));
        }
        if (full && node.has("$reps")) {
            return NODES.stringNode(repeated(node.get("$reps")));
        }
        ObjectNode fields = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            fields.set(field.getKey(), copy(field.getValue(), full));
        }
        return fields;
    }

    private static String join(JsonNode parts) {
        StringBuilder hex = new StringBuilder();
        for (JsonNode part : parts) {
            hex.append(part.isObject() ? repeated(part.get("$rep")) : part.asString());
        }
        return hex.toString();
    }

    private static String repeated(JsonNode unitAndTimes) {
        return unitAndTimes.get(0).asString().repeat(unitAndTimes.get(1).asInt());
    }
}
