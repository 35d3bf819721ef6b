package today.p2p.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.ExitCode;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.testee.Notation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a frame from a message in JSON. */
final class FrameMaking {
    private static final List<String> FIELDS = List.of("type", "sender", "time", "payload", "codec");

    private final Terminal terminal;
    private final boolean json;

    FrameMaking(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Prints the frame, or why no peer would accept it. */
    int make(String text) {
        JsonNode node = parse(text);
        try {
            PackedMessage packed = PackedMessage.of(message(node), Limits.DEFAULT);
            Bytes frame = packed.frameFor(codec(node));
            terminal.say(
                    json
                            ? JsonMapper.shared()
                                    .createObjectNode()
                                    .put("frame", frame.hex())
                                    .put("id", packed.id().hex())
                                    .toString()
                            : frame.hex());
            return ExitCode.OK;
        } catch (NotEncodableException e) {
            String why = String.valueOf(e.getMessage()).replaceFirst("^" + e.code() + ": ", "");
            terminal.err()
                    .println("p2p frame: " + e.code() + ": " + Readable.line(why) + ". "
                            + ErrorMeanings.of(e.code()).meaning());
            return ExitCode.MALFORMED;
        }
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            if (!node.isObject()) {
                throw Complaint.usage("--encode takes a JSON object with " + String.join(", ", FIELDS));
            }
            for (String name : node.propertyNames()) {
                if (!FIELDS.contains(name)) {
                    throw Complaint.usage("a message has no field '" + name + "'; it has " + String.join(", ", FIELDS));
                }
            }
            return node;
        } catch (JacksonException e) {
            throw Complaint.usage(
                    "--encode is not JSON: " + e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", ""));
        }
    }

    private static Message message(JsonNode node) {
        Value type = value(node, "type");
        Value time = value(node, "time");
        if (!(type instanceof Value.Int) || !(time instanceof Value.Int)) {
            throw Complaint.usage("type and time are integers");
        }
        if (!(value(node, "sender") instanceof Value.ByteString sender)) {
            throw Complaint.usage("the sender is text or {\"$bin\":\"hex\"}");
        }
        if (!(value(node, "payload") instanceof Value.Array payload)) {
            throw Complaint.usage("the payload is a list");
        }
        Value.Int number = (Value.Int) type;
        if (number.isAboveLong() || number.longValue() != (int) number.longValue()) {
            throw new NotEncodableException(ErrorCode.OPCODE, "type " + number + " is not in 0..255");
        }
        Value.Int seconds = (Value.Int) time;
        if (seconds.isAboveLong()) {
            throw new NotEncodableException(ErrorCode.RANGE, "time " + seconds + " is not in 0..2^63-1");
        }
        return new Message((int) number.longValue(), sender, seconds.longValue(), payload.items());
    }

    private static Value value(JsonNode message, String field) {
        JsonNode node = message.get(field);
        if (node == null) {
            throw Complaint.usage("the message has no " + field);
        }
        try {
            return Notation.read(node);
        } catch (NotEncodableException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw Complaint.usage(field + ": " + e.getMessage());
        }
    }

    private static @Nullable Codec codec(JsonNode message) {
        JsonNode node = message.path("codec");
        return node.isMissingNode() || node.isNull() ? null : CodecNames.one(node.asString());
    }
}
