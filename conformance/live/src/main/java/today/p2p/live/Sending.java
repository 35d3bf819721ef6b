package today.p2p.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a step sends, and in which pieces. One of these says what:
 *
 * <pre>
 * message    one message          messages   several, glued together
 * bare       the bytes of a bare message, in parts: hex, {"$pack":value}, {"$time":0}
 * same       the frame that was sent or received under a name
 * raw        bytes, in parts: hex, {"$rep":[hex,times]}
 * </pre>
 *
 * <p>{@code squeeze} codes the body whether it pays or not; {@code flip} turns the lowest bit of a byte, counted from the
 * end if negative; {@code cut} is {@code "bytes"}, or offsets, or {@code {"frame":1,"plus":4}}: so many bytes behind the
 * first frame. {@code drip} writes a byte each so many seconds, at most {@code within} seconds long.
 */
final class Sending {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private final Scene scene;
    private final Transcript transcript;
    private final List<Integer> ends = new ArrayList<>();

    Sending(Scene scene, Transcript transcript) {
        this.scene = scene;
        this.transcript = transcript;
    }

    void send(Step step, RawLink link) throws IOException, InterruptedException {
        byte[] bytes = bytes(step, link);
        String meaning = meaning(step);
        if (step.in().has("flip")) {
            int at = step.get("flip").asInt(-1);
            bytes = bytes.clone();
            bytes[at < 0 ? bytes.length + at : at] ^= 1;
            meaning = "with a flipped bit: " + meaning;
        }
        transcript.frame(link.name, true, bytes, Wire.CODECS, meaning);
        if (step.in().has("drip")) {
            drip(step, link, bytes);
        } else {
            write(step, link, bytes);
        }
    }

    private String meaning(Step step) {
        for (String field : List.of("message", "messages", "same", "bare", "raw")) {
            if (step.in().has(field)) {
                String what = Transcript.brief(scene.filled(step.get(field)));
                return field.equals("message") ? what : field + " " + what;
            }
        }
        return "nothing";
    }

    private byte[] bytes(Step step, RawLink link) {
        if (step.in().has("message")) {
            return frame(step, step.get("message"), link);
        }
        if (step.in().has("messages")) {
            ByteArrayOutputStream glued = new ByteArrayOutputStream();
            for (JsonNode message : step.get("messages")) {
                glued.writeBytes(frame(step, message, link));
                ends.add(glued.size());
            }
            return glued.toByteArray();
        }
        if (step.in().has("same")) {
            return scene.frame(step.get("same").asString()).frame();
        }
        if (step.in().has("bare")) {
            Wire.Sent frame = Wire.frameOf(parts(step.get("bare")));
            scene.sent(step.as(), frame);
            return frame.frame();
        }
        return parts(step.get("raw"));
    }

    private byte[] frame(Step step, JsonNode template, RawLink link) {
        JsonNode message = scene.filled(template);
        Wire.Sent raw = Wire.frame(message);
        Wire.Sent frame = step.get("squeeze").isIntegralNumber()
                ? Wire.squeezed(raw, step.get("squeeze").asInt(-1))
                : raw;
        scene.sent(step.as(), frame);
        List<Integer> listed = new ArrayList<>(link.listed());
        // What the testee sent before it read the new list may still be in the old codec.
        list(message)
                .valueStream()
                .filter(JsonNode::isIntegralNumber)
                .map(number -> number.asInt(-1))
                .forEach(listed::add);
        link.list(listed);
        return frame.frame();
    }

    /** The codecs that a message tells the testee: those of renegotiate, or of a handshake. */
    private static JsonNode list(JsonNode message) {
        int type = message.path(0).asInt(-1);
        int flag = message.path(3).asInt(-1);
        if (type == 1 && flag == 1) {
            return message.path(4);
        }
        return type == 2 && flag == 5 && message.size() == 8 ? message.path(7) : NOTHING;
    }

    private byte[] parts(JsonNode parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode part : parts) {
            if (part.has("$pack")) {
                bytes.writeBytes(Wire.packed(scene.filled(part.get("$pack"))));
            } else if (part.has("$time")) {
                long time = scene.now() + part.get("$time").asLong();
                bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
            } else {
                JsonNode repeated = part.path("$rep");
                String hex = part.isString()
                        ? part.asString()
                        : repeated.get(0).asString().repeat(repeated.get(1).asInt(-1));
                bytes.writeBytes(HexFormat.of().parseHex(hex));
            }
        }
        return bytes.toByteArray();
    }

    private void write(Step step, RawLink link, byte[] bytes) {
        int from = 0;
        if (step.get("cut").isString()) {
            for (; from < bytes.length; from++) {
                link.write(Arrays.copyOfRange(bytes, from, from + 1));
            }
            return;
        }
        for (JsonNode cut : step.get("cut")) {
            int to = cut.isIntegralNumber()
                    ? cut.asInt(-1)
                    : ends.get(cut.path("frame").asInt(-1) - 1)
                            + cut.path("plus").asInt(-1);
            link.write(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        link.write(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void drip(Step step, RawLink link, byte[] bytes) throws InterruptedException {
        long pause = (long) (step.get("drip").asDouble() * 1000);
        long times = (long) (step.get("within").asDouble() * 1000) / pause;
        boolean taken = true;
        for (int at = 0; taken && at < bytes.length && at < times; at++) {
            taken = link.write(Arrays.copyOfRange(bytes, at, at + 1));
            Thread.sleep(pause);
        }
    }
}
