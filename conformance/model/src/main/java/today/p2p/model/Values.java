package today.p2p.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import today.p2p.model.Failure.ErrorCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The notation of the testee protocol for values, both ways. */
final class Values {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigInteger SAFE = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);
    /** Far above max-depth; only keeps a hostile reply from using the stack. */
    private static final int DEEPEST = 256;

    private static final long LARGEST_REPETITION = 4 * Limits.MAX_INFLATED;

    private Values() {}

    /** Reads a value; what is not in the notation is a {@link Failure#request}. */
    static Value read(JsonNode json) {
        return read(json, 1);
    }

    private static Value read(JsonNode json, int depth) {
        if (depth > DEEPEST) {
            throw Failure.of(ErrorCode.LIMIT, "MPK-15", "a value nested deeper than " + DEEPEST);
        }
        if (json.isNull()) {
            return new Value.Nil();
        }
        if (json.isBoolean()) {
            return new Value.Bool(json.booleanValue());
        }
        if (json.isString()) {
            return new Value.Text(json.stringValue());
        }
        if (json.isIntegralNumber()) {
            return new Value.Int(json.bigIntegerValue());
        }
        if (json.isArray()) {
            List<Value> items = new ArrayList<>(json.size());
            json.forEach(item -> items.add(read(item, depth + 1)));
            return new Value.Array(items);
        }
        if (json.isObject()) {
            return object(json, depth);
        }
        throw Failure.request("a number that is neither an integer nor {\"$f64\":...}");
    }

    private static Value object(JsonNode json, int depth) {
        String first = json.isEmpty() ? "" : json.propertyNames().iterator().next();
        if (first.startsWith("$")) {
            return tagged(first, json, json.get(first), depth);
        }
        List<Value.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            entries.add(new Value.Entry(new Value.Text(property.getKey()), read(property.getValue(), depth + 1)));
        }
        return new Value.Dictionary(entries);
    }

    private static Value tagged(String tag, JsonNode json, JsonNode content, int depth) {
        if (json.size() != 1) {
            throw Failure.request("an object of several keys that begins with " + tag);
        }
        return switch (tag) {
            case "$int" -> new Value.Int(integer(content));
            case "$f64" -> new Value.Float64(Long.parseUnsignedLong(text(content), 16));
            case "$bin" -> Value.Binary.of(hex(text(content)));
            case "$rep" -> Value.Binary.of(repeated(hex(text(content.path(0))), content.path(1)));
            case "$reps" -> new Value.Text(repeatedText(text(content.path(0)), content.path(1)));
            case "$map" -> pairs(content, depth);
            case "$ext" -> new Value.Extension(number(content.path(0)), new Bytes(hex(text(content.path(1)))));
            default -> throw Failure.request("no notation " + tag);
        };
    }

    private static Value pairs(JsonNode content, int depth) {
        List<Value.Entry> entries = new ArrayList<>();
        for (JsonNode pair : content) {
            if (pair.size() != 2) {
                throw Failure.request("a pair of $map has " + pair.size() + " items");
            }
            entries.add(new Value.Entry(read(pair.get(0), depth + 1), read(pair.get(1), depth + 1)));
        }
        return new Value.Dictionary(entries);
    }

    private static byte[] repeated(byte[] unit, JsonNode times) {
        int count = number(times);
        checkRepetition((long) unit.length * count);
        byte[] all = new byte[unit.length * count];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        return all;
    }

    private static String repeatedText(String unit, JsonNode times) {
        int count = number(times);
        checkRepetition((long) unit.length() * count);
        return unit.repeat(count);
    }

    private static void checkRepetition(long length) {
        if (length < 0 || length > LARGEST_REPETITION) {
            throw Failure.request("a repetition of " + length + " bytes");
        }
    }

    /** Bytes as hex text, or as any notation of binary. */
    static byte[] bytes(JsonNode json) {
        if (json.isString()) {
            return hex(json.stringValue());
        }
        if (read(json) instanceof Value.Binary binary) {
            return binary.value().array;
        }
        throw Failure.request("bytes expected");
    }

    /** An id, key or owner: text counts as its UTF-8 (MSG-8). */
    static byte[] name(JsonNode json) {
        Value value = read(json);
        if (value instanceof Value.Text text) {
            return text.value().getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof Value.Binary binary) {
            return binary.value().array;
        }
        throw Failure.of(ErrorCode.SHAPE, "MSG-8", "text or binary expected, not " + value.kind());
    }

    /** An integer as a JSON number, as {@code $int}, or as decimal text. */
    static BigInteger integer(JsonNode json) {
        try {
            if (json.isString()) {
                return new BigInteger(json.stringValue());
            }
            if (read(json) instanceof Value.Int number) {
                return number.value();
            }
        } catch (NumberFormatException e) {
            throw Failure.request("\"" + json.stringValue() + "\" is no integer");
        }
        throw Failure.request("integer expected");
    }

    static String text(JsonNode json) {
        if (!json.isString()) {
            throw Failure.request("text expected");
        }
        return json.stringValue();
    }

    private static int number(JsonNode json) {
        if (!json.isInt()) {
            throw Failure.request("number expected");
        }
        return json.intValue();
    }

    private static byte[] hex(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw Failure.request("hex expected: " + e.getMessage());
        }
    }

    static JsonNode write(Value value) {
        if (value instanceof Value.Int number) {
            return integer(number.value());
        }
        if (value instanceof Value.Float64 number) {
            return JSON.objectNode().put("$f64", HexFormat.of().toHexDigits(number.bits()));
        }
        if (value instanceof Value.Text text) {
            return JSON.stringNode(text.value());
        }
        if (value instanceof Value.Binary binary) {
            return binary(binary.value().array);
        }
        if (value instanceof Value.Extension ext) {
            ObjectNode tagged = JSON.objectNode();
            tagged.putArray("$ext").add(ext.type()).add(ext.value().hex());
            return tagged;
        }
        if (value instanceof Value.Array array) {
            return array(array.items());
        }
        if (value instanceof Value.Dictionary map) {
            return map(map);
        }
        return value instanceof Value.Bool bool ? JSON.booleanNode(bool.value()) : JSON.nullNode();
    }

    /** A value written out, without what requests may abbreviate. */
    static JsonNode plain(JsonNode value) {
        return write(read(value));
    }

    /** How many bytes a value has in its shortest form. */
    static int size(JsonNode value) {
        Writer shortest = new Writer(Mutant.Defects.NONE);
        shortest.write(read(value), 1);
        return shortest.bytes().length;
    }

    static ObjectNode binary(byte[] bytes) {
        return JSON.objectNode().put("$bin", new Bytes(bytes).hex());
    }

    static ArrayNode array(List<Value> items) {
        ArrayNode array = JSON.arrayNode();
        items.forEach(item -> array.add(write(item)));
        return array;
    }

    static JsonNode integer(BigInteger number) {
        if (number.abs().compareTo(SAFE) > 0) {
            return JSON.objectNode().put("$int", number.toString());
        }
        return JSON.numberNode(number.longValue());
    }

    // An object only when nothing of the notation could be mistaken: all keys text, none with a dollar sign first.
    private static JsonNode map(Value.Dictionary map) {
        boolean plain = map.entries().stream()
                .allMatch(entry ->
                        entry.key() instanceof Value.Text key && !key.value().startsWith("$"));
        ObjectNode object = JSON.objectNode();
        ArrayNode pairs = JSON.arrayNode();
        for (Value.Entry entry : map.entries()) {
            if (plain && entry.key() instanceof Value.Text key) {
                object.set(key.value(), write(entry.value()));
            } else {
                pairs.add(JSON.arrayNode().add(write(entry.key())).add(write(entry.value())));
            }
        }
        return plain ? object : JSON.objectNode().set("$map", pairs);
    }
}
