package today.p2p.testee;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;

/**
 * The {@code in} of a request, field by field. A field that is missing or of the wrong kind is a mistake of
 * the runner and ends in an {@link IllegalArgumentException} that names it.
 */
record Request(JsonNode in) {

    String text(String field) {
        JsonNode node = need(field);
        if (!node.isString()) {
            throw new IllegalArgumentException(field + " is not text: " + shortened(node));
        }
        return node.stringValue();
    }

    boolean flag(String field) {
        JsonNode node = need(field);
        if (!node.isBoolean()) {
            throw new IllegalArgumentException(field + " is not true or false: " + shortened(node));
        }
        return node.booleanValue();
    }

    /** A number in either notation: plain, or {@code $int} when it is beyond 2^53. */
    long number(String field) {
        JsonNode node = need(field);
        if (node.has("$int")) {
            return new BigInteger(node.get("$int").asString()).longValueExact();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new IllegalArgumentException(field + " is not a number of 64 bits: " + shortened(node));
        }
        return node.longValue();
    }

    OptionalInt optionalNumber(String field) {
        if (isAbsent(field)) {
            return OptionalInt.empty();
        }
        long number = number(field);
        return OptionalInt.of((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number)));
    }

    /** Big integers are decimal texts. */
    BigInteger bigNumber(String field) {
        return bigNumber(field, need(field));
    }

    List<BigInteger> bigNumbers(String field) {
        List<BigInteger> numbers = new ArrayList<>();
        list(field).forEach(node -> numbers.add(bigNumber(field, node)));
        return numbers;
    }

    /** Hex, or a binary value such as {@code {"$rep":["00",1000]}}. */
    Bytes bytes(String field) {
        return bytes(need(field));
    }

    List<Bytes> manyBytes(String field) {
        List<Bytes> many = new ArrayList<>();
        list(field).forEach(node -> many.add(bytes(node)));
        return many;
    }

    /** Numbers of a list; what is none, such as the token of an extension, is left out (EXT-1). */
    List<Integer> numbers(String field) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode node : list(field)) {
            if (node.isIntegralNumber() && node.canConvertToInt()) {
                numbers.add(node.intValue());
            }
        }
        return numbers;
    }

    Value value(String field) {
        return Notation.read(need(field));
    }

    /** Text or binary (MSG-8). */
    Value.ByteString byteString(String field) {
        if (value(field) instanceof Value.ByteString string) {
            return string;
        }
        throw new Refusal(ErrorCode.SHAPE, Refusal.NOWHERE, field + " is neither text nor binary");
    }

    Request inner(String field) {
        return new Request(need(field));
    }

    /** A list of objects. */
    List<Request> inners(String field) {
        List<Request> all = new ArrayList<>();
        list(field).forEach(node -> all.add(new Request(node)));
        return all;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        list(field).forEach(node -> texts.add(node.asString()));
        return texts;
    }

    List<Long> longs(String field) {
        List<Long> longs = new ArrayList<>();
        list(field).forEach(node -> longs.add(node.asLong()));
        return longs;
    }

    boolean isAbsent(String field) {
        return !in.hasNonNull(field);
    }

    private Iterable<JsonNode> list(String field) {
        JsonNode node = need(field);
        if (!node.isArray()) {
            throw new IllegalArgumentException(field + " is not a list: " + shortened(node));
        }
        return node;
    }

    private JsonNode need(String field) {
        JsonNode node = in.get(field);
        if (node == null) {
            throw new IllegalArgumentException("the request has no " + field);
        }
        return node;
    }

    private static Bytes bytes(JsonNode node) {
        if (node.isString()) {
            return Bytes.ofHex(node.stringValue());
        }
        if (Notation.read(node) instanceof Value.Binary binary) {
            return binary.bytes();
        }
        throw new IllegalArgumentException("not bytes: " + shortened(node));
    }

    private static BigInteger bigNumber(String field, JsonNode node) {
        String text = node.asString();
        if (!text.matches("-?[0-9]{1,1000}")) {
            throw new IllegalArgumentException(field + " is not a decimal number: " + shortened(node));
        }
        return new BigInteger(text);
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
