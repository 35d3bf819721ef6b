package today.p2p.model.rings;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values in the notation of testees: what chapter 15 asks of them. */
final class Items {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Items() {}

    /** The bytes of text or binary; empty for any other value. */
    static Optional<byte[]> bytes(JsonNode value) {
        if (value.isString()) {
            return Optional.of(value.stringValue().getBytes(StandardCharsets.UTF_8));
        }
        return value.path("$bin").isString()
                ? Optional.of(HexFormat.of().parseHex(value.get("$bin").asString()))
                : Optional.empty();
    }

    /** Text, or binary as if it were (MSG-8). */
    static Optional<String> text(JsonNode value) {
        return bytes(value).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    static ObjectNode binary(byte[] bytes) {
        return JSON.objectNode().put("$bin", HexFormat.of().formatHex(bytes));
    }

    static ObjectNode binary(String text) {
        return binary(text.getBytes(StandardCharsets.UTF_8));
    }

    static boolean isMap(JsonNode value) {
        return value.isObject()
                && (value.has("$map")
                        || value.properties().stream()
                                .noneMatch(field -> field.getKey().startsWith("$")));
    }

    private static Map<String, JsonNode[]> entries(JsonNode map) {
        Map<String, JsonNode[]> entries = new LinkedHashMap<>();
        if (map.has("$map")) {
            map.get("$map").forEach(pair -> entries.put(word(pair.get(0)), new JsonNode[] {pair.get(0), pair.get(1)}));
        } else {
            map.properties().forEach(field -> {
                JsonNode key = JSON.stringNode(field.getKey());
                entries.put(word(key), new JsonNode[] {key, field.getValue()});
            });
        }
        return entries;
    }

    /** Whether a map may be a delta: no key of it is an array or a map (CRD-7). */
    static boolean isDelta(JsonNode value) {
        return isMap(value)
                && entries(value).values().stream().noneMatch(entry -> entry[0].isArray() || isMap(entry[0]));
    }

    /** Sets the entries of a map in another, one level deep (SYN-11). */
    static JsonNode merged(JsonNode map, JsonNode delta) {
        Map<String, JsonNode[]> entries = entries(map);
        entries.putAll(entries(delta));
        boolean plain = entries.values().stream()
                .allMatch(entry -> entry[0].isString() && !entry[0].asString().startsWith("$"));
        ObjectNode merged = JSON.objectNode();
        if (plain) {
            entries.values().forEach(entry -> merged.set(entry[0].asString(), entry[1]));
            return merged;
        }
        ArrayNode pairs = merged.putArray("$map");
        entries.values().forEach(entry -> pairs.addArray().add(entry[0]).add(entry[1]));
        return merged;
    }

    /** The same word for equal values: maps are equal in any order of their entries. */
    static String word(JsonNode value) {
        if (value.isArray()) {
            StringBuilder word = new StringBuilder("[");
            value.forEach(item -> word.append(word(item)).append(','));
            return word.append(']').toString();
        }
        if (!isMap(value)) {
            return value.toString();
        }
        TreeSet<String> words = new TreeSet<>();
        entries(value).forEach((key, entry) -> words.add(key + ":" + word(entry[1])));
        return words.toString();
    }

    /** How many items are inside a value (MPK-16): a map entry is two. */
    static int inside(JsonNode value) {
        int count = 0;
        if (value.isArray()) {
            for (JsonNode item : value) {
                count += 1 + inside(item);
            }
        } else if (isMap(value)) {
            for (JsonNode[] entry : entries(value).values()) {
                count += 2 + inside(entry[0]) + inside(entry[1]);
            }
        }
        return count;
    }
}
