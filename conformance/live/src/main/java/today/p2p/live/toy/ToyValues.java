package today.p2p.live.toy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of a table in the notation of testees. */
final class ToyValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final int NONE = Integer.MIN_VALUE;

    private ToyValues() {}

    /** The sub-flag of a message: -1 for one that is too large, {@link #NONE} when there is none. */
    static int flag(JsonNode message) {
        JsonNode first = message.path(3);
        if (first.has("$int")) {
            return -1;
        }
        return first.isIntegralNumber() ? (int) Math.max(-1, Math.min(first.asLong(), 1 << 16)) : NONE;
    }

    /** The bytes of text or binary in hex; null for any other value. */
    static @Nullable String hex(JsonNode key) {
        if (key.isString()) {
            return HexFormat.of().formatHex(key.asString().getBytes(StandardCharsets.UTF_8));
        }
        return key.path("$bin").isString() ? key.get("$bin").asString() : null;
    }

    static JsonNode binary(String hex) {
        return JSON.objectNode().put("$bin", hex);
    }

    /** The bytes of a value in its shortest form. */
    static int size(JsonNode value) {
        return Wire.packed(value).length;
    }

    static boolean isMap(JsonNode value) {
        if (!value.isObject() || value.isEmpty()) {
            return value.isObject();
        }
        String first = value.properties().iterator().next().getKey();
        return first.equals("$map") || !first.startsWith("$");
    }

    /** Whether all keys of a map may be keys of a delta (SYN-4). */
    static boolean isDelta(JsonNode value) {
        return isMap(value)
                && value.path("$map")
                        .valueStream()
                        .noneMatch(entry -> entry.get(0).isArray() || isMap(entry.get(0)));
    }

    /** Whether somebody who asks for truth instead of presence takes a value for none. */
    static boolean isFalsy(JsonNode value) {
        return value.toString().matches("0|false|\"\"|\\[]|\\{}|\\{\"\\$bin\":\"\"}|\\{\"\\$f64\":\"0+\"}");
    }

    /** Sets the entries of a map in another, one level deep (SYN-11). */
    static JsonNode merged(JsonNode map, JsonNode delta) {
        Map<JsonNode, JsonNode> entries = new LinkedHashMap<>(entries(map));
        entries.putAll(entries(delta));
        if (entries.keySet().stream()
                .allMatch(key -> key.isString() && !key.asString().startsWith("$"))) {
            ObjectNode plain = JSON.objectNode();
            entries.forEach((key, value) -> plain.set(key.asString(), value));
            return plain;
        }
        ObjectNode other = JSON.objectNode();
        ArrayNode pairs = other.putArray("$map");
        entries.forEach((key, value) -> pairs.addArray().add(key).add(value));
        return other;
    }

    private static Map<JsonNode, JsonNode> entries(JsonNode map) {
        Map<JsonNode, JsonNode> entries = new LinkedHashMap<>();
        if (map.has("$map")) {
            map.get("$map").forEach(pair -> entries.put(pair.get(0), pair.get(1)));
        } else {
            map.properties().forEach(entry -> entries.put(JSON.stringNode(entry.getKey()), entry.getValue()));
        }
        return entries;
    }
}
