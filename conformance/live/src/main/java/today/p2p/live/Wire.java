package today.p2p.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Answer;
import today.p2p.model.Model;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages to frames and back by the kit's model. A message is an array: type, sender, time, payload. */
public final class Wire {
    /** Every codec that the kit knows, the best first. */
    public static final List<Integer> CODECS = List.of(34, 33, 32, 19, 18, 17, 16);
    /** Bytes of the length before each frame. */
    public static final int HEADER = 4;

    private static final int CHECKSUM = 32;
    /** An array of four, and in it 0, an empty text and 0. */
    private static final int EMPTY_HEAD = 4;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Model MODEL = Model.standard();
    private static final int FIRST_PAYLOAD = 3;

    private Wire() {}

    /** A frame and the id of its message. */
    public record Sent(byte[] frame, String id) {}

    /**
     * A message that came.
     *
     * @param codec the one of its body, or null for a raw one
     */
    public record Read(
            ArrayNode message, Sent frame, @Nullable Integer codec) {}

    /** The raw frame of a message. */
    public static Sent frame(JsonNode message) {
        ObjectNode in = JSON.objectNode();
        in.set("type", message.path(0));
        in.set("sender", message.path(1));
        in.set("time", message.path(2));
        ArrayNode payload = in.putArray("payload");
        for (int i = FIRST_PAYLOAD; i < message.size(); i++) {
            payload.add(message.get(i));
        }
        in.putNull("codec");
        JsonNode made = ok("frame.encode", in);
        return new Sent(
                HexFormat.of().parseHex(made.path("frame").asString()),
                made.path("id").asString());
    }

    /** The frame of any bytes as bare message. */
    public static Sent frameOf(byte[] bare) {
        byte[] checksum = sha256(bare);
        return new Sent(
                framed(ByteBuffer.allocate(checksum.length + bare.length)
                        .put(checksum)
                        .put(bare)
                        .array()),
                HexFormat.of().formatHex(checksum));
    }

    /** The same frame with its body in a codec, whether that pays or not. */
    public static Sent squeezed(Sent raw, int codec) {
        ObjectNode in = JSON.objectNode().put("codec", codec);
        in.put("data", HexFormat.of().formatHex(raw.frame(), HEADER, raw.frame().length));
        String data = ok("codec.compress", in).path("data").asString();
        return new Sent(framed(HexFormat.of().parseHex(data)), raw.id());
    }

    private static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** The msgpack bytes of one value. */
    public static byte[] packed(JsonNode value) {
        byte[] frame = frame(JSON.arrayNode().add(0).add("").add(0).add(value)).frame();
        return Arrays.copyOfRange(frame, HEADER + CHECKSUM + EMPTY_HEAD, frame.length);
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime must have SHA-256", e);
        }
    }

    /** The message of a frame; null when a receiver that listed these codecs refuses it. */
    public static @Nullable Read message(byte[] frame, List<Integer> listed) {
        Answer answer = MODEL.answer("frame.decode", decoding(frame, listed));
        if (!(answer instanceof Answer.Ok ok)) {
            return null;
        }
        JsonNode read = ok.value();
        ArrayNode message =
                JSON.arrayNode().add(read.path("type")).add(read.path("sender")).add(read.path("time"));
        read.path("payload").forEach(message::add);
        JsonNode codec = read.path("codec");
        Sent whole = new Sent(frame, read.path("id").asString());
        return new Read(message, whole, codec.isNumber() ? codec.asInt(-1) : null);
    }

    /** Why a receiver that listed these codecs refuses a frame; empty if it does not. */
    public static String error(byte[] frame, List<Integer> listed) {
        Answer answer = MODEL.answer("frame.decode", decoding(frame, listed));
        return answer instanceof Answer.Err err ? err.code() : "";
    }

    /** The plain text of a coded frame. */
    public static byte[] inflated(byte[] frame, int codec) {
        ObjectNode in = JSON.objectNode().put("codec", codec);
        in.put("data", HexFormat.of().formatHex(frame, HEADER, frame.length));
        return HexFormat.of().parseHex(ok("codec.decompress", in).path("data").asString());
    }

    private static ObjectNode decoding(byte[] frame, List<Integer> listed) {
        ObjectNode in = JSON.objectNode().put("frame", HexFormat.of().formatHex(frame));
        listed.forEach(in.putArray("codecs")::add);
        return in;
    }

    /** What the model answers; for questions that it cannot refuse. */
    public static JsonNode ok(String op, ObjectNode in) {
        Answer answer = MODEL.answer(op, in);
        if (answer instanceof Answer.Ok ok) {
            return ok.value();
        }
        throw new IllegalArgumentException(op + " of " + in + ": " + answer.json());
    }

    /** The number of a base58 id, given as a value. */
    public static String number(JsonNode id) {
        ObjectNode in = JSON.objectNode().put("text", Objects.requireNonNull(text(id)));
        return ok("base58.decode", in).path("int").asString();
    }

    public static boolean isBase58(String text) {
        return MODEL.answer("base58.decode", JSON.objectNode().put("text", text)) instanceof Answer.Ok;
    }

    public static String base58(String number) {
        return ok("base58.encode", JSON.objectNode().put("int", number))
                .path("text")
                .asString();
    }

    /** A text as binary. */
    public static JsonNode binary(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JSON.objectNode().put("$bin", HexFormat.of().formatHex(bytes));
    }

    /** Text, or binary that is ASCII, as text; null for any other value. */
    public static @Nullable String text(JsonNode value) {
        if (value.isString()) {
            return value.asString();
        }
        if (value.path("$bin").isString()) {
            byte[] bytes = HexFormat.of().parseHex(value.get("$bin").asString());
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return null;
    }
}
