package today.p2p.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Codecs.Codec;
import today.p2p.model.Mutant.Defects;
import today.p2p.vectors.Case;
import today.p2p.vectors.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Decides whether a testee's reply is the one that a case asks for. Where the specification leaves a choice (the form of
 * a message, the bytes of a compressor), the reply is read by the model and its meaning compared. Stateless.
 */
public final class Judge {

    /** What a reply is worth. */
    public enum Kind {
        /** As the specification says. */
        PASS,
        /** Refused as it must be, but with another code or offset than the specification names (a SHOULD). */
        IMPRECISE,
        /** Not what the specification says. */
        FAIL,
        /** The testee says that it cannot answer. */
        SKIP
    }

    /**
     * One judgement.
     *
     * @param differsAt the first field that differs, such as {@code $.payload[1]}; empty when none does
     * @param words why, in one sentence; empty for a plain pass
     */
    public record Verdict(Kind kind, String differsAt, String words) {}

    private static final Verdict PASS = new Verdict(Kind.PASS, "", "");
    private static final List<String> MESSAGE_FIELDS = List.of("type", "sender", "time", "payload");

    private Judge() {}

    /** Judges the reply to a case. The reply is the whole object, with {@code ok}, {@code err} or {@code skip}. */
    public static Verdict judge(Case vector, JsonNode reply) {
        if (vector.result() == Result.ACCEPTABLE
                && (reply.has("err") || !vector.expect().has("ok"))) {
            return isDefect(reply) ? defect(reply) : PASS;
        }
        return judge(vector.op(), vector.input(), vector.expect(), reply);
    }

    /** Judges a reply against the model's own answer, for inputs that no case has. */
    public static Verdict judge(String op, JsonNode input, Answer model, JsonNode reply) {
        return judge(op, input, model.json(), reply);
    }

    private static Verdict judge(String op, JsonNode input, JsonNode expect, JsonNode reply) {
        if (reply.has("skip")) {
            return new Verdict(Kind.SKIP, "", reply.get("skip").asString());
        }
        if (!reply.has("ok") && !reply.has("err")) {
            return fail("$", "the reply has neither ok, err nor skip");
        }
        if (isDefect(reply)) {
            return defect(reply);
        }
        if ("NOOP".equals(reply.path("err").asString(""))) {
            return new Verdict(Kind.SKIP, "", "the testee does not know " + op);
        }
        if (expect.has("err")) {
            return refusal(expect, reply);
        }
        if (reply.has("err")) {
            String detail = reply.path("detail").asString("");
            return fail(
                    "$", "expected an answer, got the error " + reply.get("err").asString() + " " + detail);
        }
        return answer(op, input, expect, reply.get("ok"));
    }

    // A defect of the implementation is never an answer, whatever was asked (ERR-3).
    private static boolean isDefect(JsonNode reply) {
        return "INTERNAL".equals(reply.path("err").asString(""));
    }

    private static Verdict defect(JsonNode reply) {
        return fail(
                "$",
                "INTERNAL is a defect, not an answer: " + reply.path("detail").asString(""));
    }

    private static Verdict refusal(JsonNode expect, JsonNode reply) {
        String code = expect.get("err").asString();
        if (reply.has("ok")) {
            return fail("$", "this must be refused (" + code + "), it was accepted");
        }
        String got = reply.get("err").asString();
        if (!got.equals(code)) {
            return new Verdict(Kind.IMPRECISE, "$.err", "refused as " + got + ", the specification names " + code);
        }
        JsonNode offset = reply.path("offset");
        boolean elsewhere = expect.path("offset").isNumber()
                && offset.isNumber()
                && offset.longValue() != expect.get("offset").longValue();
        if (elsewhere) {
            String words = "refused at byte " + offset + ", the specification names " + expect.get("offset");
            return new Verdict(Kind.IMPRECISE, "$.offset", words);
        }
        return PASS;
    }

    private static Verdict answer(String op, JsonNode input, JsonNode expect, JsonNode got) {
        try {
            Optional<Difference> difference = switch (op) {
                case "frame.encode" -> encoded(input, expect, got);
                case "codec.compress" -> compressed(input, got);
                default -> fields(expect.get("ok"), got);
            };
            return difference.map(found -> fail(found.path(), found.words())).orElse(PASS);
        } catch (Failure failure) {
            return fail("$", "the answer cannot be read: " + failure.getMessage());
        }
    }

    /** Compares each expected field; what a testee says beyond them is its own affair. */
    private static Optional<Difference> fields(JsonNode expected, JsonNode got) {
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            Optional<Difference> found = field(field.getKey(), field.getValue(), got);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Difference> field(String name, JsonNode expected, JsonNode got) {
        JsonNode value = got.get(name);
        if (value == null) {
            return different("$." + name, "this field is missing");
        }
        return Difference.between(Values.read(expected), Values.read(value), "$." + name);
    }

    // The form of an encoded message is free unless the case says canonical; its meaning is not.
    private static Optional<Difference> encoded(JsonNode input, JsonNode expect, JsonNode got) {
        if (expect.path("canonical").asBoolean(false)) {
            return fields(expect.get("ok"), got);
        }
        JsonNode frame = got.path("frame");
        if (!frame.isString()) {
            return different("$.frame", "this field is missing");
        }
        int codec = input.path("codec").asInt(-1);
        Sent sent;
        try {
            sent = Sent.read(frame, codec);
        } catch (Failure failure) {
            return different("$.frame", "the frame is refused: " + failure.code + ", " + failure.getMessage());
        }
        return differing(sent, expect.get("ok"), codec)
                .or(() -> field("id", StringNode.valueOf(sent.message.id()), got))
                .or(() -> sent.codingFault(expect.get("ok")))
                .or(() -> holds(sent, expect.path("contains").asString("")));
    }

    // A case names the fields of the message; the model's own answer has its frame instead.
    private static Optional<Difference> differing(Sent got, JsonNode expected, int codec) {
        Sent sent = expected.has("type") ? got : Sent.read(expected.get("frame"), codec);
        for (String name : MESSAGE_FIELDS) {
            Value value = expected.has(name) ? Values.read(expected.get(name)) : sent.field(name);
            Optional<Difference> found = Difference.between(value, got.field(name), "$." + name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Difference> holds(Sent sent, String bytes) {
        String bare = sent.message.bare().hex();
        int at = bare.indexOf(bytes);
        while (at % 2 > 0) {
            at = bare.indexOf(bytes, at + 1);
        }
        return at >= 0 ? Optional.empty() : different("$.frame", "the bare message does not hold " + bytes);
    }

    private static Optional<Difference> compressed(JsonNode input, JsonNode got) {
        if (!got.has("data")) {
            return different("$.data", "this field is missing");
        }
        Codec codec = Codec.of(input.get("codec").intValue()).orElseThrow();
        byte[] data;
        try {
            data = new Codecs(Defects.NONE).decompress(codec, Values.bytes(got.get("data")), Limits.MAX_INFLATED);
        } catch (Failure failure) {
            return different("$.data", "what was compressed is refused: " + failure.getMessage());
        }
        return Difference.between(Value.Binary.of(Values.bytes(input.get("data"))), Value.Binary.of(data), "$.data");
    }

    private static Optional<Difference> different(String path, String words) {
        return Optional.of(new Difference(path, words));
    }

    private static Verdict fail(String path, String words) {
        return new Verdict(Kind.FAIL, path, words.strip());
    }

    /** A frame that somebody made, read by the model. */
    private record Sent(Message message, @Nullable Codec codec, int bodyLength, int plainLength) {

        static Sent read(JsonNode frame, int codec) {
            byte[] bytes = Values.bytes(frame);
            Frames.Plain plain = new Frames(Defects.NONE).open(bytes, List.of(codec));
            Message message = Message.read(plain.bare(), Defects.NONE, null);
            return new Sent(message, plain.codec(), bytes.length - Limits.HEADER_BYTES, plain.bytes().length);
        }

        Value field(String name) {
            return switch (name) {
                case "type" -> Value.Int.of(message.type());
                case "sender" -> message.sender();
                case "time" -> new Value.Int(message.time());
                default -> new Value.Array(message.payload());
            };
        }

        // CMP-12 and CMP-14 bind whoever encodes; CMP-11 does too, but a foreign codec is not even read.
        Optional<Difference> codingFault(JsonNode expected) {
            if (codec != null && expected.path("codec").isNull()) {
                return different("$.frame", "this frame goes raw, it was coded with " + codec.label());
            }
            if (codec != null && message.isHandshake()) {
                return different("$.frame", "a handshake goes raw (CMP-12)");
            }
            if (codec != null && bodyLength >= plainLength) {
                return different("$.frame", "coding makes this frame no smaller, so it goes raw (CMP-14)");
            }
            return Optional.empty();
        }
    }

    /** Where two values first differ, in words. */
    record Difference(String path, String words) {

        /** The first difference in reading order, if the values are not the same (MSG-9, MPK-3, MPK-9). */
        static Optional<Difference> between(Value expected, Value got, String path) {
            if (expected instanceof Value.Array left && got instanceof Value.Array right) {
                return arrays(left.items(), right.items(), path);
            }
            if (expected instanceof Value.Dictionary left && got instanceof Value.Dictionary right) {
                return maps(left, right, path);
            }
            if (expected.equals(got)) {
                return Optional.empty();
            }
            return Optional.of(new Difference(path, words(expected, got)));
        }

        private static Optional<Difference> arrays(List<Value> expected, List<Value> got, String path) {
            for (int i = 0; i < Math.min(expected.size(), got.size()); i++) {
                Optional<Difference> found = between(expected.get(i), got.get(i), path + "[" + i + "]");
                if (found.isPresent()) {
                    return found;
                }
            }
            if (expected.size() == got.size()) {
                return Optional.empty();
            }
            return Optional.of(new Difference(path, "expected " + expected.size() + " items, got " + got.size()));
        }

        private static Optional<Difference> maps(Value.Dictionary expected, Value.Dictionary got, String path) {
            Map<String, Value> values = new HashMap<>();
            got.entries().forEach(entry -> values.put(Words.canonical(entry.key()), entry.value()));
            for (Value.Entry entry : expected.entries()) {
                String below = path + "[" + Words.of(entry.key()) + "]";
                Value value = values.get(Words.canonical(entry.key()));
                if (value == null) {
                    return Optional.of(new Difference(below, "this entry is missing"));
                }
                Optional<Difference> found = between(entry.value(), value, below);
                if (found.isPresent()) {
                    return found;
                }
            }
            if (expected.entries().size() == got.entries().size()) {
                return Optional.empty();
            }
            return Optional.of(new Difference(
                    path,
                    "expected " + expected.entries().size() + " entries, got "
                            + got.entries().size()));
        }

        private static String words(Value expected, Value got) {
            if (!expected.kind().equals(got.kind())) {
                return "expected " + expected.kind() + " " + Words.of(expected) + ", got " + got.kind() + " "
                        + Words.of(got);
            }
            if (expected instanceof Value.Text left && got instanceof Value.Text right) {
                return unlike(left.value(), right.value(), "character", expected, got);
            }
            if (expected instanceof Value.Binary left && got instanceof Value.Binary right) {
                return unlike(left.value().hex(), right.value().hex(), "hex digit", expected, got);
            }
            return "expected " + Words.of(expected) + ", got " + Words.of(got);
        }

        private static String unlike(String left, String right, String unit, Value expected, Value got) {
            int same = 0;
            while (same < Math.min(left.length(), right.length()) && left.charAt(same) == right.charAt(same)) {
                same++;
            }
            String where = same < 30 ? "" : " (the first " + same + " " + unit + "s are the same)";
            return "expected " + Words.of(expected) + ", got " + Words.of(got) + where;
        }
    }
}
