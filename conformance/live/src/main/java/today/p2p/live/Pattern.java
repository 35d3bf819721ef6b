package today.p2p.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares a value that came with what a script expects there. A literal must be equal, binary is not text, and of an
 * object only the fields that the pattern names count. Besides:
 *
 * <pre>
 * {"$any":"text"}     any value of a kind: any, none, integer, text, binary, bytes (text or binary), array, boolean, object
 * {"$id":"A"}         the id of a peer, as text or as binary (MSG-8)
 * {"$like":"x"}       these bytes, as text or as binary
 * {"$now":0}          the wall clock, give or take three seconds, at some moment since the script began
 * {"$bind":"name"}    any value, and it gets a name
 * {"$set":[p, ...]}   an array of values that fit these in some order
 * {"$is":{...}}       this map, and no field besides, at any depth
 * {"$rest":true}      last in an array: any further items
 * </pre>
 */
final class Pattern {
    private static final long SKEW_SECONDS = 3;

    private final Scene scene;

    Pattern(Scene scene) {
        this.scene = scene;
    }

    /** Where the value first differs, such as {@code $[4]}; null if it fits. */
    @Nullable
    String differs(JsonNode pattern, JsonNode value, String path) {
        if (pattern.isArray()) {
            return differsInItems(pattern, value, path);
        }
        if (!pattern.isObject()) {
            return pattern.toString().equals(value.toString()) ? null : path;
        }
        if (pattern.size() == 1) {
            String key = pattern.properties().iterator().next().getKey();
            if (key.startsWith("$")) {
                return fits(key, pattern.get(key), value) ? null : path;
            }
        }
        if (!value.isObject()) {
            return path;
        }
        for (var field : pattern.properties()) {
            String at = path + "." + field.getKey();
            String differs = value.has(field.getKey()) ? differs(field.getValue(), value.get(field.getKey()), at) : at;
            if (differs != null) {
                return differs;
            }
        }
        return null;
    }

    private @Nullable String differsInItems(JsonNode pattern, JsonNode value, String path) {
        if (!value.isArray()) {
            return path;
        }
        int fixed = pattern.size();
        boolean open = fixed > 0 && pattern.get(fixed - 1).has("$rest");
        for (int i = 0; i < (open ? fixed - 1 : fixed); i++) {
            String at = path + "[" + i + "]";
            String differs = i < value.size() ? differs(pattern.get(i), value.get(i), at) : at;
            if (differs != null) {
                return differs;
            }
        }
        return open || value.size() == fixed ? null : path + "[" + fixed + "]";
    }

    private boolean fits(String key, JsonNode argument, JsonNode value) {
        return switch (key) {
            case "$any" -> isOf(argument.asString(), value);
            case "$id" -> scene.id(argument.asString()).equals(Wire.text(value));
            case "$like" -> argument.asString().equals(Wire.text(value));
            case "$protocol" -> scene.protocol().equals(Wire.text(value));
            case "$now" ->
                // It is looked at when the step has its turn: on a busy machine long after it was written.
                value.isIntegralNumber()
                        && value.asLong() - argument.asLong() >= scene.began() - SKEW_SECONDS
                        && value.asLong() - argument.asLong() <= scene.now() + SKEW_SECONDS;
            case "$bind" -> {
                scene.bind(argument.asString(), value);
                yield true;
            }
            case "$is" -> differs(argument, value, "$") == null && hasNoMore(argument, value);
            case "$set" -> isPermutation(argument, value);
            default ->
                scene.filled(JsonNodeFactory.instance.objectNode().set(key, argument))
                        .toString()
                        .equals(value.toString());
        };
    }

    private static boolean isOf(String kind, JsonNode value) {
        return switch (kind) {
            case "integer" -> value.isIntegralNumber() || value.has("$int");
            case "text" -> value.isString();
            case "binary" -> value.has("$bin");
            case "bytes" -> value.isString() || value.has("$bin");
            case "array" -> value.isArray();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "none" -> false;
            default -> true;
        };
    }

    private static boolean hasNoMore(JsonNode pattern, JsonNode value) {
        return pattern.size() == value.size()
                && pattern.properties().stream().allMatch(each -> hasNoMore(each.getValue(), value.get(each.getKey())));
    }

    private boolean isPermutation(JsonNode patterns, JsonNode value) {
        if (!value.isArray() || value.size() != patterns.size()) {
            return false;
        }
        List<JsonNode> left = new ArrayList<>();
        value.forEach(left::add);
        for (JsonNode pattern : patterns) {
            Optional<JsonNode> used = left.stream()
                    .filter(each -> differs(pattern, each, "$") == null)
                    .findFirst();
            if (used.isEmpty()) {
                return false;
            }
            left.remove(used.get());
        }
        return true;
    }
}
