package today.p2p.testee;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import today.p2p.codecs.Codecs;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.serializer.Codec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests in, replies out. Holds nothing between two of them but the live nodes that are open. */
final class Testee {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Every operation, and who answers it. */
    private static final Map<String, Function<Request, ObjectNode>> OPERATIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("hello", in -> hello()),
            Map.entry("bye", in -> NODES.objectNode()),
            Map.entry("frame.encode", FrameOperations::encode),
            Map.entry("frame.decode", FrameOperations::decode),
            Map.entry("stream.feed", FrameOperations::feed),
            Map.entry("codec.compress", FrameOperations::compress),
            Map.entry("codec.decompress", FrameOperations::decompress),
            Map.entry("base58.encode", IdOperations::encode),
            Map.entry("base58.decode", IdOperations::decode),
            Map.entry("id.protocol", IdOperations::protocolId),
            Map.entry("id.node", IdOperations::nodeId),
            Map.entry("negotiate", RuleOperations::negotiate),
            Map.entry("link.conflict", RuleOperations::linkConflict),
            Map.entry("broadcast.check", RuleOperations::broadcastCheck),
            Map.entry("lease.check", RuleOperations::leaseCheck),
            Map.entry("sync.play", SyncOperations::play),
            Map.entry("chord.positions", RuleOperations::chordPositions),
            Map.entry("chord.distance", RuleOperations::chordDistance),
            Map.entry("chord.owner", RuleOperations::chordOwner),
            Map.entry("chord.play", ChordOperations::play),
            Map.entry("chord.read", ChordOperations::read),
            Map.entry("link.on", LinkOperations::on),
            Map.entry("handshake.check", LinkOperations::handshake),
            Map.entry("link.renegotiate", LinkOperations::renegotiate),
            Map.entry("link.resend", LinkOperations::resend),
            Map.entry("link.times", TimeOperations::times),
            Map.entry("link.rate", TimeOperations::rate),
            Map.entry("link.queue", BudgetOperations::queue),
            Map.entry("link.unhandled", BudgetOperations::unhandled),
            Map.entry("link.admit", LinkOperations::admit),
            Map.entry("link.duplicate", LinkOperations::duplicate),
            Map.entry("dial.check", MeshOperations::dialCheck),
            Map.entry("peers.read", MeshOperations::peersRead),
            Map.entry("peers.list", MeshOperations::peersList),
            Map.entry("peers.ask", MeshOperations::peersAsk),
            Map.entry("broadcast.arrive", MeshOperations::broadcastArrive),
            Map.entry("broadcast.date", MeshOperations::broadcastDate),
            Map.entry("request.answer", RequestOperations::answer),
            Map.entry("response.use", RequestOperations::use),
            Map.entry("node.open", NodeOperations::open),
            Map.entry("node.close", NodeOperations::close),
            Map.entry("node.events", NodeOperations::events),
            Map.entry("node.hold", NodeOperations::hold),
            Map.entry("node.state", NodeOperations::state),
            Map.entry("node.connect", NodeOperations::connect),
            Map.entry("node.disconnect", NodeOperations::disconnect),
            Map.entry("node.broadcast", NodeOperations::broadcast),
            Map.entry("node.whisper", NodeOperations::whisper),
            Map.entry("node.reply", NodeOperations::reply),
            Map.entry("table.read", TableOperations::read),
            Map.entry("table.join", TableOperations::join),
            Map.entry("table.leave", TableOperations::leave),
            Map.entry("table.keys", TableOperations::keys),
            Map.entry("table.put", TableOperations::put),
            Map.entry("table.delete", TableOperations::delete),
            Map.entry("table.delta", TableOperations::delta),
            Map.entry("table.get", TableOperations::get),
            Map.entry("table.entry", TableOperations::entry)));

    private Testee() {}

    /** The reply to a request, its id not yet in it. Never throws: what is a defect here becomes INTERNAL. */
    static ObjectNode answer(JsonNode request) {
        try {
            Function<Request, ObjectNode> operation =
                    OPERATIONS.get(request.path("op").asString(""));
            if (operation == null) {
                return error(ErrorCode.NOOP, "no operation is called " + request.path("op"));
            }
            ObjectNode reply = NODES.objectNode();
            reply.set("ok", operation.apply(new Request(request.path("in"))));
            return reply;
        } catch (Refusal refusal) {
            ObjectNode reply = error(refusal.code(), refusal.detail());
            return refusal.offset() < 0 ? reply : reply.put("offset", refusal.offset());
        } catch (NotEncodableException e) {
            return error(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return error(ErrorCode.INTERNAL, e.toString());
        }
    }

    static ObjectNode error(ErrorCode code, String detail) {
        return NODES.objectNode().put("err", code.name()).put("detail", detail);
    }

    private static ObjectNode hello() {
        ObjectNode hello = NODES.objectNode()
                .put("name", "p2p-java")
                .put("version", version())
                .put("language", "java");
        ArrayNode ops = hello.putArray("ops");
        OPERATIONS.keySet().forEach(ops::add);
        ArrayNode codecs = hello.putArray("codecs");
        Codecs.available().stream().map(Codec::code).forEach(codecs::add);
        hello.putArray("roles").add("mesh").add("sync").add("chord");
        ArrayNode dialects = hello.putArray("dialects");
        List.of("UNIVERSAL", "BINARY", "TEXT").forEach(dialects::add);
        return hello;
    }

    private static String version() {
        String version = Testee.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
