package today.p2p.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Frame;
import today.p2p.serializer.Message;
import today.p2p.terminal.Readable;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was found in frames, for a program: values are in the notation of the testee protocol. */
final class FrameJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FrameJson() {}

    static String of(List<Dissection> dissections) {
        ObjectNode report = NODES.objectNode();
        ArrayNode frames = report.putArray("frames");
        dissections.forEach(dissection -> frames.add(frame(dissection)));
        report.put(
                "malformed", dissections.stream().filter(d -> d.frame() == null).count());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }

    private static ObjectNode frame(Dissection dissection) {
        ObjectNode node = NODES.objectNode()
                .put("at", dissection.at())
                .put("size", dissection.bytes().length())
                .put("length", dissection.announced() < 0 ? null : dissection.announced());
        dissection.plain().ifPresent(plain -> {
            node.set("codec", codec(plain.codec().orElse(null)));
            node.put("inflated", plain.bytes().length());
            node.put("checksum", plain.checksum().hex());
            node.put("checksumHolds", plain.checksumHolds());
        });
        Frame frame = dissection.frame();
        if (frame != null) {
            node.put("id", frame.id().hex());
            node.set("message", message(frame.message()));
        }
        dissection.error().ifPresent(error -> node.set("error", error(dissection, error)));
        return node;
    }

    private static JsonNode codec(@Nullable Codec codec) {
        return codec == null
                ? NODES.nullNode()
                : NODES.objectNode().put("name", codec.name()).put("code", codec.code());
    }

    private static ObjectNode message(Message message) {
        ObjectNode node =
                NODES.objectNode().put("type", message.type()).put("typeName", Readable.typeName(message.type()));
        node.set("sender", Notation.write(message.sender()));
        node.set("time", Notation.write(Value.of(message.time())));
        node.put("timeText", Readable.moment(message.time()));
        message.subFlag().ifPresent(flag -> {
            node.set("subFlag", Notation.write(flag));
            node.put("subFlagName", Readable.subFlagName(flag));
        });
        node.set("payload", Notation.array(message.payload()));
        return node;
    }

    private static ObjectNode error(Dissection dissection, Malformed error) {
        ErrorMeanings.Row row = ErrorMeanings.of(error.code(), dissection.space());
        return NODES.objectNode()
                .put("code", error.code().name())
                .put("meaning", row.meaning())
                .put("clause", row.clause())
                .put("offset", error.offset())
                .put("of", dissection.space().words())
                .put("detail", error.detail());
    }
}
