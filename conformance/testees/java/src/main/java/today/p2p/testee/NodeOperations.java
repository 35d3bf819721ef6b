package today.p2p.testee;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import today.p2p.ids.NodeId;
import today.p2p.ids.Parsed;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Live nodes: they outlast a request, so the process holds them by number. */
final class NodeOperations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int BROADCAST = 0;
    private static final int WHISPER = 2;

    private static final Map<Integer, LiveNode> OPEN = new ConcurrentHashMap<>();
    private static final AtomicInteger LAST = new AtomicInteger();

    private NodeOperations() {}

    static ObjectNode open(Request in) {
        LiveNode node = new LiveNode(in);
        int number = LAST.incrementAndGet();
        OPEN.put(number, node);
        return node.described().put("node", number);
    }

    /** What closing takes is not waited for: the peers are gone by then. */
    static ObjectNode close(Request in) {
        LiveNode node = node(in);
        node.hold(false);
        node.network().closeAsync();
        OPEN.remove((int) in.number("node"));
        return NODES.objectNode();
    }

    static ObjectNode events(Request in) {
        ObjectNode told = NODES.objectNode();
        told.set("events", node(in).takeEvents());
        return told;
    }

    static ObjectNode hold(Request in) {
        node(in).hold(in.flag("hold"));
        return NODES.objectNode();
    }

    static ObjectNode state(Request in) {
        return node(in).state();
    }

    static ObjectNode connect(Request in) {
        LiveNode node = node(in);
        return node.follow(node.network().connect(in.text("host"), (int) in.number("port")));
    }

    static ObjectNode disconnect(Request in) {
        LiveNode node = node(in);
        return node.follow(
                node.network().disconnect(nodeId(in.byteString("peer").bytes())));
    }

    static ObjectNode broadcast(Request in) {
        LiveNode node = node(in);
        return node.follow(node.network().broadcastValues(flag(in, BROADCAST), node.values(in)));
    }

    static ObjectNode whisper(Request in) {
        LiveNode node = node(in);
        Bytes to = in.byteString("to").bytes();
        return node.follow(node.network().whisperValues(to, flag(in, WHISPER), node.values(in)));
    }

    static ObjectNode reply(Request in) {
        LiveNode node = node(in);
        Bytes to = Bytes.ofUtf8(node.message(in.text("to")).sender());
        return node.follow(node.network().whisperValues(to, flag(in, WHISPER), node.values(in)));
    }

    /** The open node that a request names. */
    static LiveNode node(Request in) {
        LiveNode node = OPEN.get((int) in.number("node"));
        if (node == null) {
            throw new Refusal(ErrorCode.ABSENT, Refusal.NOWHERE, "no such node is open");
        }
        return node;
    }

    private static int flag(Request in, int usual) {
        return in.optionalNumber("flag").orElse(usual);
    }

    private static NodeId nodeId(Bytes id) {
        Parsed<NodeId> read = NodeId.read(id);
        if (read instanceof Parsed.Sound<NodeId> sound) {
            return sound.meaning();
        }
        throw new Refusal(ErrorCode.BASE58, Refusal.NOWHERE, "not a node id: " + id);
    }
}
