package today.p2p.live.toy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Control;
import today.p2p.live.Wire;
import today.p2p.model.rings.RingDefect;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small node of the kit's own behind the testee protocol, good or with one deliberate defect: live cases are proven on
 * it. It is written for that alone: it trusts its application, forgets nothing and bounds nothing.
 */
public final class ToyPeer implements Control {
    /** The operations that it knows. */
    public static final List<String> OPS = List.of(
            "node.open",
            "node.close",
            "node.events",
            "node.hold",
            "node.state",
            "node.connect",
            "node.disconnect",
            "node.broadcast",
            "node.whisper",
            "node.reply",
            "table.put",
            "table.delete",
            "table.delta",
            "table.get",
            "table.entry",
            "table.read",
            "table.join",
            "table.leave",
            "table.keys");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final @Nullable ToyDefect defect;
    private final @Nullable RingDefect flaw;
    private final Map<Integer, ToyNode> nodes = new HashMap<>();
    private int opened;

    /** @param defect what is wrong with its nodes; null for nothing */
    public ToyPeer(@Nullable ToyDefect defect) {
        this(defect, null);
    }

    /** @param flaw what is wrong with their Chord Tables; null for nothing */
    public ToyPeer(@Nullable ToyDefect defect, @Nullable RingDefect flaw) {
        this.defect = defect;
        this.flaw = flaw;
    }

    @Override
    public Reply ask(String op, ObjectNode in) throws Lost {
        if (op.equals("node.open")) {
            return open(in);
        }
        ToyNode node = nodes.get(in.path("node").asInt(0));
        if (node == null || !OPS.contains(op)) {
            return new Reply(null, node == null ? "ABSENT" : "NOOP", "");
        }
        if (op.equals("node.close")) {
            node.close();
            nodes.remove(in.path("node").asInt(-1));
            return Reply.of(JSON.objectNode());
        }
        synchronized (node) {
            return Reply.of(answer(node, op, in));
        }
    }

    private Reply open(ObjectNode in) throws Lost {
        List<Integer> codecs = new ArrayList<>(Wire.CODECS);
        if (in.has("codecs")) {
            codecs.clear();
            in.get("codecs").forEach(codec -> codecs.add(codec.asInt(-1)));
        }
        boolean leasing = in.path("leasing").asBoolean(true);
        // SUB-3.
        String kind = in.path("table").asString("");
        String subnet = kind.equals("sync")
                ? in.path("subnet").asString("sync") + (leasing ? "1" : "0")
                : in.path("subnet").asString(kind.isEmpty() ? "mesh" : kind);
        ObjectNode network = JSON.objectNode().put("subnet", subnet);
        String encryption = in.path("encryption").asString("Plaintext");
        boolean isLeftOut = defect == ToyDefect.ENCRYPTION_NOT_IN_ID;
        String protocol = Wire.ok("id.protocol", network.put("encryption", isLeftOut ? "Plaintext" : encryption))
                .path("id")
                .asString();
        ObjectNode self = JSON.objectNode().put("address", "127.0.0.1:0").put("protocolId", protocol);
        String id = Wire.ok("id.node", self.put("salt", "salt " + System.nanoTime()))
                .path("id")
                .asString();
        ToyNode.Timers timers = ToyNode.Timers.of(in.path("timers"));
        String dialect = in.path("dialect").asString("UNIVERSAL");
        int most = in.path("limits").path("max-entries").asInt(1 << 18);
        ToyTable.Kind table = kind.equals("sync") ? new ToyTable.Kind(leasing, most) : null;
        ToyRing.Kind ring = kind.equals("chord") ? new ToyRing.Kind(in.path("limits"), in.path("timers"), flaw) : null;
        try {
            ToyNode.Options options =
                    new ToyNode.Options(codecs, timers, in.path("limits"), !encryption.equals("Plaintext"));
            ToyNode node = new ToyNode(new ToyMesh.Name(id, protocol, dialect, table, ring), options, defect);
            nodes.put(++opened, node);
            return Reply.of(JSON.objectNode()
                    .put("node", opened)
                    .put("host", "127.0.0.1")
                    .put("port", node.port)
                    .put("encryption", encryption)
                    .put("id", id)
                    .put("protocolId", protocol));
        } catch (IOException e) {
            throw new Lost("no node: " + e);
        }
    }

    private static JsonNode answer(ToyNode node, String op, ObjectNode in) {
        ToyMesh mesh = node.mesh();
        ToyRequests requests = mesh.requests();
        switch (op) {
            case "node.events" -> {
                return JSON.objectNode().set("events", node.takeEvents());
            }
            case "node.hold" -> {
                node.hold(in.path("hold").asBoolean(false));
                return JSON.objectNode();
            }
            case "node.state" -> {
                return node.state();
            }
            default -> {
                // The others are calls; their outcome is an event.
            }
        }
        ToyTable table = mesh.table();
        if (op.startsWith("table.")) {
            ToyRing ring = mesh.ring();
            return table != null ? table.answer(op, in) : ring != null ? ring.answer(op, in) : JSON.objectNode();
        }
        int call = requests.nextCall();
        switch (op) {
            case "node.connect" -> {
                ToyLink.ToyDial dial = new ToyLink.ToyDial(call, null);
                node.dial(in.path("host").asString(), in.path("port").asInt(-1), dial);
            }
            case "node.disconnect" -> {
                ToyLink link = mesh.peer(String.valueOf(Wire.text(in.path("peer"))));
                if (link != null) {
                    link.close("LOCAL");
                }
                requests.done(call);
            }
            case "node.broadcast" -> {
                mesh.broadcast(payload(in, 0));
                requests.done(call);
            }
            case "node.whisper" -> requests.whisper(String.valueOf(Wire.text(in.path("to"))), payload(in, 2), call);
            default -> {
                JsonNode sender = mesh.senderOf(in.path("to").asString(""));
                String to = sender == null ? "" : String.valueOf(Wire.text(sender));
                requests.whisper(to, payload(in, 2), call);
            }
        }
        return JSON.objectNode().put("call", call);
    }

    private static ArrayNode payload(ObjectNode in, int flag) {
        ArrayNode payload = JSON.arrayNode().add(in.path("flag").asInt(flag));
        in.path("payload").forEach(payload::add);
        return payload;
    }
}
