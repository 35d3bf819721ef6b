package today.p2p.live.toy;

import java.util.List;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What peers tell the toy of themselves: handshakes, and codec lists later on. Guarded by its node. */
final class ToyGreeting {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_CODECS = 64;
    private static final List<Integer> KIT_CODECS = List.of(33, 34);

    private final ToyNode node;
    private final ToyMesh mesh;
    private final ToyMesh.Name name;

    ToyGreeting(ToyNode node, ToyMesh mesh, ToyMesh.Name name) {
        this.node = node;
        this.mesh = mesh;
        this.name = name;
    }

    // LNK-27.
    void handshake(ToyLink link, JsonNode message) {
        String error = error(link, message);
        if (!error.isEmpty()) {
            node.malformed(link, error);
            return;
        }
        boolean again = link.peer != null;
        link.address = message.get(6);
        link.listed = message.get(7)
                .valueStream()
                .filter(JsonNode::isIntegralNumber)
                .map(number -> number.asInt(-1))
                .toList();
        if (again && !node.is(ToyDefect.SECOND_HANDSHAKE_ANSWERED)) {
            link.peer = message.get(4);
            return;
        }
        if (node.is(ToyDefect.WAITS_FOR_HANDSHAKE)) {
            mesh.greet(link);
        }
        link.elder = elder(message);
        opened(link, message.get(4));
    }

    // SYN-19.
    private ToyLink.Elder elder(JsonNode message) {
        boolean isNew = message.get(7)
                .valueStream()
                .anyMatch(codec -> !codec.isIntegralNumber() || KIT_CODECS.contains(codec.asInt(-1)));
        if (isNew && !node.is(ToyDefect.TEXT_IS_JS2P)) {
            return ToyLink.Elder.NONE;
        } else if (!message.get(4).isString()) {
            return ToyLink.Elder.PY2P;
        }
        return message.get(5).isString() ? ToyLink.Elder.JS2P : ToyLink.Elder.NONE;
    }

    private String error(ToyLink link, JsonNode message) {
        JsonNode id = message.get(4);
        String text = Wire.text(id);
        if (!name.protocol().equals(Wire.text(message.get(5))) && !node.is(ToyDefect.ANY_SUBNET)) {
            return "SUBNET";
        }
        if (text == null) {
            return "SHAPE";
        }
        if (text.equals(name.id()) && !node.is(ToyDefect.KNOWS_NOT_ITSELF)) {
            return "ORDER";
        }
        if (!Wire.isBase58(text)) {
            return "BASE58";
        }
        if (!isAddress(message.get(6)) && !node.is(ToyDefect.ANY_ADDRESS)
                || !message.get(7).isArray()) {
            return "SHAPE";
        }
        if (message.get(7).size() > MAX_CODECS && !node.is(ToyDefect.ANY_CODEC_LIST)) {
            return "LIMIT";
        }
        boolean other = link.peer != null && !text.equals(link.id());
        return other && !node.is(ToyDefect.SECOND_ID_TAKEN) ? "ORDER" : "";
    }

    static boolean isAddress(JsonNode address) {
        if (!address.isArray() || address.size() != 2 || !address.get(1).isIntegralNumber()) {
            return false;
        }
        String host = Wire.text(address.get(0));
        int port = address.get(1).asInt(-1);
        return host != null && !host.isEmpty() && host.length() <= 255 && port >= 0 && port <= 65535;
    }

    private void opened(ToyLink link, JsonNode id) {
        ToyLink older = mesh.peer(String.valueOf(Wire.text(id)));
        boolean otherForm = older != null && node.is(ToyDefect.IDS_BY_FORM) && !id.equals(older.peer);
        if (older != null && older != link && !node.is(ToyDefect.BOTH_LINKS_STAY) && !otherForm) {
            if (closesNew(link, older)) {
                link.close("DUPLICATE");
                remind(older);
                mesh.requests().connected(link, String.valueOf(Wire.text(id)));
                return;
            }
            older.peer = null;
            older.close("DUPLICATE");
            remind(link);
        } else if (older == null) {
            ObjectNode event = JSON.objectNode().put("event", "connect").put("outgoing", link.outgoing);
            node.events.add(event.set("peer", id));
        }
        link.peer = id;
        if (!node.is(ToyDefect.NO_PEERS_SENT)) {
            mesh.lists().send(link);
        }
        ToyTable table = mesh.table();
        if (table != null) {
            table.joined(link);
        }
        ToyRing ring = mesh.ring();
        if (ring != null) {
            ring.joined(link);
        }
        mesh.requests().connected(link, link.id());
    }

    // MSH-24.
    private void remind(ToyLink link) {
        boolean isJs2p = link.elder == ToyLink.Elder.JS2P || node.is(ToyDefect.GREETS_ALL_AGAIN);
        if (isJs2p && !node.is(ToyDefect.NEVER_GREETS_AGAIN)) {
            link.greetAgainAt = System.nanoTime() + node.timers.again();
        }
    }

    // MSH-2, DUP-1.
    private boolean closesNew(ToyLink link, ToyLink older) {
        boolean crossed = link.outgoing != older.outgoing
                && (System.nanoTime() - older.began < node.timers.duplicate()
                        || node.is(ToyDefect.DUPLICATES_FOR_EVER));
        if (!crossed) {
            return true;
        }
        ObjectNode in = JSON.objectNode().put("own", name.id()).put("peer", older.id());
        String close = Wire.ok("link.conflict", in.put("newOutgoing", link.outgoing))
                .path("close")
                .asString();
        return close.equals("new") != node.is(ToyDefect.WRONG_LINK_CLOSED);
    }

    // LNK-16, LNK-17.
    void compression(ToyLink link, JsonNode message) {
        JsonNode list = message.path(4);
        if (message.size() != 5 || !list.isArray()) {
            node.malformed(link, "SHAPE");
            return;
        }
        if (list.size() > MAX_CODECS && !node.is(ToyDefect.ANY_CODEC_LIST)) {
            node.malformed(link, "LIMIT");
            return;
        }
        List<Integer> fresh = list.valueStream()
                .filter(JsonNode::isIntegralNumber)
                .map(number -> number.asInt(-1))
                .toList();
        boolean differs = !fresh.equals(link.listed) || node.is(ToyDefect.ANSWERS_EQUAL_LISTS);
        link.listed = fresh;
        if (differs) {
            ArrayNode answer = mesh.own(1, mesh.now()).add(1);
            ArrayNode shared = answer.addArray();
            List<Integer> listed = node.is(ToyDefect.ANSWER_CODED) ? fresh : node.codecs;
            listed.stream().filter(fresh::contains).forEach(shared::add);
            link.send(Wire.frame(answer), List.of(), false, false);
        }
    }
}
