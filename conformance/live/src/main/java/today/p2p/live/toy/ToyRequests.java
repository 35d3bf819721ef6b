package today.p2p.live.toy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whispers of the toy, those to strangers included, and the dials of its calls (MSH-16 to MSH-20). */
final class ToyRequests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ToyNode node;
    private final ToyMesh mesh;
    private final ToyMesh.Name name;
    private final Map<String, Pending> pending = new HashMap<>();
    private int calls;
    private int dials;

    /** A whisper that waits for a link. */
    private record Pending(String target, ArrayNode payload, int call, boolean isDialled) {}

    ToyRequests(ToyNode node, ToyMesh mesh, ToyMesh.Name name) {
        this.node = node;
        this.mesh = mesh;
        this.name = name;
    }

    int nextCall() {
        return ++calls;
    }

    int dials() {
        return dials;
    }

    /** Why a node is dialled that a peer has named. */
    ToyLink.ToyDial named() {
        dials++;
        return new ToyLink.ToyDial(0, null);
    }

    void done(int call) {
        node.events.add(JSON.objectNode().put("event", "done").put("call", call));
    }

    void failed(int call, String error) {
        node.events.add(
                JSON.objectNode().put("event", "failed").put("call", call).put("err", error));
    }

    void whisper(String target, ArrayNode payload, int call) {
        ToyLink link = mesh.peer(target);
        if (link != null) {
            List<ToyLink> to = node.is(ToyDefect.WHISPERS_TO_ALL) ? mesh.peers() : List.of(link);
            to.forEach(each -> mesh.send(each, mesh.own(2, mesh.now()).addAll(payload), true));
            done(call);
        } else if (mesh.peers().isEmpty()) {
            failed(call, "ABSENT");
        } else {
            ObjectNode in = JSON.objectNode().put("address", target).put("protocolId", "");
            String rid = Wire.ok("id.node", in.put("salt", "salt " + System.nanoTime()))
                    .path("id")
                    .asString();
            pending.put(rid, new Pending(target, payload, call, false));
            mesh.broadcast(JSON.arrayNode().add(8).add(rid).add(target));
        }
    }

    // MSH-17.
    void answer(ToyLink link, JsonNode message) {
        String target = message.size() == 6 ? Wire.text(message.get(5)) : null;
        if (target == null || node.is(ToyDefect.NO_ANSWERS)) {
            return;
        }
        JsonNode address = JSON.arrayNode().add("127.0.0.1").add(node.port);
        ToyLink peer = mesh.peer(target);
        if (peer == null && !target.equals(name.id())) {
            return;
        }
        JsonNode rid = message.get(4);
        if (node.is(ToyDefect.REQUEST_ID_AS_TEXT)) {
            rid = JSON.stringNode(String.valueOf(Wire.text(rid)));
        }
        ArrayNode answer = mesh.own(0, mesh.now()).add(10).add(rid);
        answer.add(JSON.arrayNode()
                .add(peer == null ? address : peer.address)
                .add(peer == null ? name.idValue() : peer.peer));
        mesh.send(link, answer, true);
    }

    // MSH-18.
    void use(JsonNode message) {
        String rid = Wire.text(message.path(4));
        JsonNode node2 = message.path(5);
        if (rid == null || node2.size() != 2 || !ToyGreeting.isAddress(node2.get(0))) {
            return;
        }
        Pending request = pending.get(rid);
        boolean asked =
                request != null && !request.isDialled() && request.target().equals(Wire.text(node2.get(1)));
        if (!asked && !node.is(ToyDefect.ANY_RESPONSE_USED) || !mesh.lists().mayDial(node2.get(0))) {
            return;
        }
        if (request != null) {
            pending.put(rid, new Pending(request.target(), request.payload(), request.call(), true));
        }
        dials++;
        node.dial(
                String.valueOf(Wire.text(node2.get(0).get(0))),
                node2.get(0).get(1).asInt(-1),
                new ToyLink.ToyDial(0, rid));
    }

    /** A peer has shaken hands on a link; who waited for it goes on. */
    void connected(ToyLink link, String id) {
        ToyLink.ToyDial dial = link.dial;
        if (dial != null) {
            dials = Math.max(0, dials - 1);
        }
        if (dial != null && dial.call() > 0) {
            done(dial.call());
        }
        for (String rid : new ArrayList<>(pending.keySet())) {
            Pending request = Objects.requireNonNull(pending.get(rid));
            boolean here = dial != null && rid.equals(dial.request());
            if (request.target().equals(id) || here && node.is(ToyDefect.ANY_ID_WILL_DO)) {
                pending.remove(rid);
                mesh.send(link, mesh.own(2, mesh.now()).addAll(request.payload()), true);
                done(request.call());
            } else if (here) {
                pending.remove(rid);
                failed(request.call(), "ABSENT");
            }
        }
    }

    void notConnected(ToyLink.ToyDial dial, String error) {
        dials = dial.call() > 0 ? dials : Math.max(0, dials - 1);
        if (dial.call() > 0) {
            failed(dial.call(), error);
        }
        @Nullable Pending request = dial.request() == null ? null : pending.remove(dial.request());
        if (request != null) {
            failed(request.call(), "ABSENT");
        }
    }
}
