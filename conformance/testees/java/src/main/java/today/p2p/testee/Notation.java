package today.p2p.testee;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as JSON: section 2 of the testee protocol. Text, small integers, booleans, nil and arrays are JSON
 * as it is; what JSON cannot say is an object with one field that begins with {@code $}.
 */
public final class Notation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long LARGEST_PLAIN = (1L << 53) - 1;
    /** What is nested deeper no message can hold; refusing it here keeps this recursion shallow. */
    private static final int DEEPEST = 512;

    private Notation() {}

    /**
     * The value that a node stands for.
     *
     * @throws NotEncodableException TEXT for a lone surrogate, RANGE for an integer beyond 64 bits, LIMIT for
     *     nesting that no message can have
     * @throws IllegalArgumentException when the node is not of this notation; the message says why
     */
    public static Value read(JsonNode node) {
        return read(node, 0);
    }

    /** The notation of a value. The value's nesting must be one that a message can have. */
    public static JsonNode write(Value value) {
        return switch (value.kind()) {
            case NIL -> NODES.nullNode();
            case BOOL -> NODES.booleanNode(((Value.Bool) value).value());
            case INT -> integer((Value.Int) value);
            case FLOAT -> tagged("$f64", bits(((Value.Float) value).value()));
            case TEXT -> NODES.stringNode(((Value.Text) value).text());
            case BINARY -> tagged("$bin", ((Value.Binary) value).bytes().hex());
            case ARRAY -> array(((Value.Array) value).items());
            case MAP -> map((Value.Map) value);
            case EXT -> ext((Value.Ext) value);
        };
    }

    /** The notation of values in a row. */
    public static ArrayNode array(List<Value> items) {
        ArrayNode array = NODES.arrayNode(items.size());
        items.forEach(item -> array.add(write(item)));
        return array;
    }

    private static Value read(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new NotEncodableException(ErrorCode.LIMIT, "nested deeper than " + DEEPEST);
        }
        return switch (node.getNodeType()) {
            case NULL -> Value.nil();
            case BOOLEAN -> Value.of(node.booleanValue());
            case STRING -> Value.of(node.stringValue());
            case NUMBER -> number(node);
            case ARRAY -> Value.of(items(node, depth));
            case OBJECT -> object(node, depth);
            case MISSING -> throw new IllegalArgumentException("a value is missing");
            default -> throw new IllegalArgumentException("not a value: " + node);
        };
    }

    private static Value number(JsonNode node) {
        if (!node.isIntegralNumber()) {
            throw new IllegalArgumentException("a float is written {\"$f64\":\"16 hex digits\"}, not " + node);
        }
        return Value.of(node.bigIntegerValue());
    }

    private static List<Value> items(JsonNode node, int depth) {
        List<Value> items = new ArrayList<>(node.size());
        node.forEach(item -> items.add(read(item, depth + 1)));
        return items;
    }

    private static Value object(JsonNode node, int depth) {
        if (node.isEmpty() || !node.propertyNames().iterator().next().startsWith("$")) {
            List<Value.Entry> entries = new ArrayList<>(node.size());
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                entries.add(new Value.Entry(Value.of(entry.getKey()), read(entry.getValue(), depth + 1)));
            }
            return Value.map(entries);
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        JsonNode content = only.getValue();
        return switch (only.getKey()) {
            case "$int" -> Value.of(new BigInteger(content.asString()));
            case "$f64" -> Value.of(Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(content.asString())));
            case "$bin" -> Value.of(Bytes.ofHex(content.asString()));
            case "$map" -> Value.map(entries(content, depth));
            case "$ext" ->
                Value.ext(content.path(0).asInt(), Bytes.ofHex(content.path(1).asString()));
            case "$rep" -> Value.of(Bytes.ofHex(repeated(content)));
            case "$reps" -> Value.of(repeated(content));
            default -> throw new IllegalArgumentException("no notation is called " + only.getKey());
        };
    }

    private static List<Value.Entry> entries(JsonNode pairs, int depth) {
        List<Value.Entry> entries = new ArrayList<>(pairs.size());
        for (JsonNode pair : pairs) {
            entries.add(new Value.Entry(read(pair.path(0), depth + 1), read(pair.path(1), depth + 1)));
        }
        return entries;
    }

    private static String repeated(JsonNode unitAndTimes) {
        return unitAndTimes.path(0).asString().repeat(unitAndTimes.path(1).asInt());
    }

    private static JsonNode integer(Value.Int value) {
        boolean plain =
                !value.isAboveLong() && Math.abs(value.longValue()) <= LARGEST_PLAIN && value.bits() != Long.MIN_VALUE;
        return plain ? NODES.numberNode(value.longValue()) : tagged("$int", value.toString());
    }

    private static String bits(double value) {
        return HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value));
    }

    private static JsonNode map(Value.Map map) {
        List<Value.Entry> entries = map.entries();
        if (entries.stream().allMatch(entry -> isPlainKey(entry.key()))) {
            ObjectNode object = NODES.objectNode();
            entries.forEach(entry -> object.set(((Value.Text) entry.key()).text(), write(entry.value())));
            return object;
        }
        ArrayNode pairs = NODES.arrayNode(entries.size());
        entries.forEach(entry -> pairs.addArray().add(write(entry.key())).add(write(entry.value())));
        ObjectNode object = NODES.objectNode();
        object.set("$map", pairs);
        return object;
    }

    private static boolean isPlainKey(Value key) {
        return key instanceof Value.Text text && !text.text().startsWith("$");
    }

    private static JsonNode ext(Value.Ext ext) {
        ObjectNode object = NODES.objectNode();
        object.putArray("$ext").add(ext.type()).add(ext.bytes().hex());
        return object;
    }

    private static ObjectNode tagged(String tag, String content) {
        return NODES.objectNode().put(tag, content);
    }
}
