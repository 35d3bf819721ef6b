package today.p2p.serializer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import today.p2p.serializer.codec.Codecs;
import tools.jackson.databind.JsonNode;

/** Reads the values of the worked examples, in the notation of the testee protocol. */
final class ExampleValues {
    private ExampleValues() {}

    static Message message(JsonNode fields) {
        return new Message(
                fields.get("type").asInt(),
                (Value.ByteString) value(fields.get("sender")),
                fields.get("time").asLong(),
                list(fields.get("payload")));
    }

    static List<Codec> codecs(JsonNode numbers) {
        return ints(numbers).stream()
                .map(number -> Codecs.find(number).orElseThrow())
                .toList();
    }

    static List<Integer> ints(JsonNode numbers) {
        return elements(numbers).map(JsonNode::asInt).toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return IntStream.range(0, array.size()).mapToObj(array::get);
    }

    private static List<Value> list(JsonNode array) {
        return elements(array).map(ExampleValues::value).toList();
    }

    private static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL -> Value.nil();
            case BOOLEAN -> Value.of(json.asBoolean());
            case NUMBER -> Value.of(json.bigIntegerValue());
            case STRING -> Value.of(json.asString());
            case ARRAY -> Value.of(list(json));
            case OBJECT -> object(json);
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a value: " + json);
        };
    }

    private static Value object(JsonNode json) {
        if (json.has("$bin")) {
            return Value.of(Bytes.ofHex(json.get("$bin").asString()));
        }
        if (json.has("$f64")) {
            return Value.of(Double.longBitsToDouble(
                    Long.parseUnsignedLong(json.get("$f64").asString(), 16)));
        }
        if (json.has("$reps")) {
            return Value.of(
                    json.at("/$reps/0").asString().repeat(json.at("/$reps/1").asInt()));
        }
        if (json.has("$ext")) {
            return Value.ext(
                    json.at("/$ext/0").asInt(), Bytes.ofHex(json.at("/$ext/1").asString()));
        }
        List<Value.Entry> entries = new ArrayList<>();
        json.properties()
                .forEach(field -> entries.add(new Value.Entry(Value.of(field.getKey()), value(field.getValue()))));
        return Value.map(entries);
    }
}
