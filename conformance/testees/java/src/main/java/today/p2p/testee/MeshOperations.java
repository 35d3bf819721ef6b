package today.p2p.testee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.testee.Cast.Player;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a node makes of its links: dials, lists of peers, broadcasts (chapter 13). */
final class MeshOperations {
    private static final long ASKING = 1000;
    private static final NodeId SOMEBODY = Cast.extra(1);
    private static final NodeId OWN = Cast.extra(2);

    private MeshOperations() {}

    static ObjectNode dialCheck(Request in) {
        NodeLimits limits = Scene.limits(in).with(Limit.MAX_OUTGOING, Integer.MAX_VALUE);
        Scene scene = new Scene(Cast.self(OWN), limits);
        Map<String, Long> sources = new HashMap<>();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode dial = answer.putArray("dial");
        long number = 10;
        for (Request named : in.inners("named")) {
            scene.passTo(named.number("at"));
            long link = sources.computeIfAbsent(named.text("by"), host -> joined(scene, host, ASKING + sources.size()));
            Value address = named.value("to");
            Value item = Value.array(address, Value.text(Cast.extra(number++).bytes()));
            scene.forget();
            scene.receive(link, Cast.message(Opcode.WHISPER, SOMEBODY, Value.of(7), Value.array(item)));
            dial.add(!scene.all(Effect.Dial.class).isEmpty());
        }
        return answer;
    }

    private static long joined(Scene scene, String host, long link) {
        scene.up(link, host, OptionalLong.empty());
        scene.greet(link, Cast.extra(link), new Address("h", 0), Value.of(List.of()));
        return link;
    }

    static ObjectNode peersRead(Request in) {
        Scene scene = new Scene(Cast.self(Cast.id(in.text("own"))), Scene.limits(in));
        long link = 0;
        for (String id : in.texts("peers")) {
            scene.join(link++, Cast.id(id), new Address("203.0.113.77", 1));
        }
        joined(scene, in.text("by"), ASKING);
        scene.forget();
        List<Value> payload = Cast.payload(in);
        scene.receive(ASKING, Cast.message(Opcode.WHISPER, SOMEBODY, payload));
        Set<Address> dialled = new HashSet<>();
        scene.all(Effect.Dial.class).forEach(dial -> dialled.add(dial.address()));
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("dials", scene.all(Effect.Dial.class).size());
        ArrayNode named = answer.putArray("named");
        // The machine dials in random order; the answer has the order of the list.
        for (Value item : items(payload)) {
            if (item instanceof Value.Array pair && !pair.items().isEmpty()) {
                Address.read(pair.items().get(0))
                        .filter(dialled::remove)
                        .ifPresent(found -> named.addArray().add(found.host()).add(found.port()));
            }
        }
        return answer;
    }

    private static List<Value> items(List<Value> payload) {
        return payload.size() > 1 && payload.get(1) instanceof Value.Array list ? list.items() : List.of();
    }

    static ObjectNode peersList(Request in) {
        Scene scene = new Scene(Cast.self(Player.of(in.inner("own"))), Scene.limits(in));
        List<Value> order = new ArrayList<>();
        long link = 0;
        for (Request node : in.inners("nodes")) {
            Player player = Player.of(node);
            scene.join(link++, player.id(), player.address());
            order.add(Value.text(player.id().bytes()));
        }
        Player to = Player.of(in.inner("to"));
        scene.join(ASKING, to.id(), to.address());
        List<Message> sent = scene.sentOn(ASKING);
        List<Value> items = new ArrayList<>(items(sent.get(sent.size() - 1).payload()));
        items.sort((one, other) -> Integer.compare(order.indexOf(idOf(one)), order.indexOf(idOf(other))));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("count", items.size());
        ArrayNode list = answer.putArray("items");
        items.forEach(item -> list.add(Notation.write(item)));
        return answer;
    }

    private static Value idOf(Value item) {
        return ((Value.Array) item).items().get(1);
    }

    static ObjectNode peersAsk(Request in) {
        Scene scene = new Scene(Cast.self(OWN), NodeLimits.DEFAULT);
        Cast.open(scene, ASKING, SOMEBODY, Value.of(List.of()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode answered = answer.putArray("answered");
        for (Request asked : in.inners("asked")) {
            scene.passTo(asked.number("at"));
            scene.forget();
            scene.receive(ASKING, Cast.message(Opcode.WHISPER, SOMEBODY, Cast.payload(asked)));
            answered.add(scene.sentOn(ASKING).stream().anyMatch(sent -> Cast.is(sent, Opcode.WHISPER, Opcode.PEERS)));
        }
        return answer;
    }

    static ObjectNode broadcastArrive(Request in) {
        Scene scene = new Scene(Cast.self(Cast.id(in.text("own"))), Scene.limits(in));
        long link = 0;
        for (String id : in.texts("links")) {
            scene.join(link++, Cast.id(id), new Address("203.0.113.77", 1));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode to = answer.putArray("to");
        for (Request frame : in.inners("frames")) {
            scene.passTo(frame.number("at"));
            scene.setWall(frame.number("now"));
            scene.forget();
            List<Value> payload = List.of(Value.of(0), Value.of(frame.text("text")));
            Value.ByteString sender = Value.of(frame.text("sender"));
            Bytes bytes = scene.receive(frame.number("link"), new Message(0, sender, frame.number("time"), payload));
            if (scene.all(Effect.Deliver.class).isEmpty()) {
                to.addNull();
            } else {
                ArrayNode relayed = to.addArray();
                scene.written.stream()
                        .filter(sent -> sent.frame().equals(bytes))
                        .forEach(sent -> relayed.add(sent.link()));
            }
        }
        return answer;
    }

    static ObjectNode broadcastDate(Request in) {
        Scene scene = new Scene(Cast.self(Cast.id(in.text("own"))), Scene.limits(in));
        Cast.open(scene, ASKING, SOMEBODY, Value.of(List.of()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode times = answer.putArray("times");
        for (Request sent : in.inners("sent")) {
            scene.passTo(sent.number("at"));
            scene.setWall(sent.number("now"));
            scene.forget();
            scene.call(new Call.Broadcast(1, 0x40, List.of(Value.of(sent.text("text")))));
            List<Message> out = scene.sentOn(ASKING);
            times.add(out.isEmpty() ? null : out.get(0).time());
        }
        return answer;
    }
}
