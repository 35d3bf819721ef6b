package today.p2p.codecs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;

/** Values as the testee protocol writes them in JSON. */
final class Notation {
    private Notation() {}

    static Value value(JsonNode node) {
        if (node.isNull()) {
            return Value.nil();
        }
        if (node.isBoolean()) {
            return Value.of(node.asBoolean());
        }
        if (node.isString()) {
            return Value.of(node.asString());
        }
        if (node.isNumber()) {
            return Value.of(node.asLong());
        }
        if (node.isArray()) {
            return Value.of(values(node));
        }
        return tagged(node);
    }

    static List<Value> values(JsonNode array) {
        List<Value> values = new ArrayList<>();
        array.forEach(item -> values.add(value(item)));
        return values;
    }

    private static Value tagged(JsonNode node) {
        if (node.has("$int")) {
            return Value.of(new BigInteger(node.get("$int").asString()));
        }
        if (node.has("$f64")) {
            return Value.of(Double.longBitsToDouble(
                    Long.parseUnsignedLong(node.get("$f64").asString(), 16)));
        }
        if (node.has("$bin")) {
            return Value.of(Bytes.ofHex(node.get("$bin").asString()));
        }
        if (node.has("$rep")) {
            return Value.of(Bytes.ofHex(repeated(node.get("$rep"))));
        }
        if (node.has("$reps")) {
            return Value.of(repeated(node.get("$reps")));
        }
        if (node.has("$ext")) {
            JsonNode ext = node.get("$ext");
            return Value.ext(ext.get(0).asInt(), Bytes.ofHex(ext.get(1).asString()));
        }
        return map(node);
    }

    private static String repeated(JsonNode unitAndTimes) {
        return unitAndTimes.get(0).asString().repeat(unitAndTimes.get(1).asInt());
    }

    private static Value map(JsonNode node) {
        List<Value.Entry> entries = new ArrayList<>();
        if (node.has("$map")) {
            node.get("$map").forEach(pair -> entries.add(new Value.Entry(value(pair.get(0)), value(pair.get(1)))));
        } else {
            node.properties()
                    .forEach(field -> entries.add(new Value.Entry(Value.of(field.getKey()), value(field.getValue()))));
        }
        return Value.map(entries);
    }
}
