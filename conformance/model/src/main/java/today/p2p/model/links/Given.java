package today.p2p.model.links;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The fields of a request, and values in the notation of the testee protocol. */
record Given(JsonNode in) {

    JsonNode node(String name) {
        JsonNode node = in.get(name);
        if (node == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return node;
    }

    Given inner(String name) {
        return new Given(node(name));
    }

    String text(String name) {
        return node(name).asString();
    }

    boolean flag(String name) {
        return node(name).asBoolean();
    }

    long number(String name) {
        return node(name).asLong();
    }

    List<Given> each(String name) {
        List<Given> all = new ArrayList<>();
        node(name).forEach(item -> all.add(new Given(item)));
        return all;
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        node(name).forEach(item -> all.add(item.asString()));
        return all;
    }

    /** A limit that the request changes, or the registry's. */
    long limit(String name, long standard) {
        return in.path("limits").path(name).asLong(standard);
    }

    /** The bytes of text or binary; empty for every other value. */
    static Optional<byte[]> bytes(JsonNode value) {
        if (value.isString()) {
            return Optional.of(value.stringValue().getBytes(StandardCharsets.UTF_8));
        }
        return value.has("$bin")
                ? Optional.of(HexFormat.of().parseHex(value.get("$bin").asString()))
                : Optional.empty();
    }

    /** An id, of which everybody has read that it is ASCII; empty for what is neither text nor binary. */
    static Optional<String> name(JsonNode value) {
        return bytes(value).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static Optional<BigInteger> integer(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Optional.of(value.bigIntegerValue());
        }
        return value.has("$int") ? Optional.of(new BigInteger(value.get("$int").asString())) : Optional.empty();
    }

    /** The integers of a codec list; other items are no codecs (NEG-3, EXT-1). */
    static List<BigInteger> integers(JsonNode list) {
        List<BigInteger> numbers = new ArrayList<>();
        list.forEach(item -> integer(item).ifPresent(numbers::add));
        return numbers;
    }
}
