package today.p2p.testee;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.testee.Cast.Player;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Looking for a node, and being asked for one (MSH-16 to MSH-19). */
final class RequestOperations {
    private static final long LINK = 1;
    private static final long NEW_LINK = 2;
    private static final long CALL = 1000;
    private static final NodeId SOMEBODY = Cast.extra(1);

    private RequestOperations() {}

    static ObjectNode answer(Request in) {
        Scene scene = new Scene(Cast.self(Player.of(in.inner("own"))), NodeLimits.DEFAULT);
        long link = LINK;
        for (Request peer : in.inners("peers")) {
            Player player = Player.of(peer);
            scene.join(link++, player.id(), player.address());
        }
        scene.forget();
        NodeId asking = Player.of(in.inners("peers").get(0)).id();
        scene.receive(LINK, Cast.message(Opcode.BROADCAST, asking, Cast.payload(in)));
        JsonNode response = scene.sentOn(LINK).stream()
                .filter(sent -> Cast.is(sent, Opcode.BROADCAST, Opcode.RESPONSE))
                .findFirst()
                .map(sent -> Notation.write(Value.of(sent.payload())))
                .orElse(JsonNodeFactory.instance.nullNode());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("answer", response);
        return answer;
    }

    static ObjectNode use(Request in) {
        Scene scene = new Scene(Cast.self(Cast.id(in.text("own"))), NodeLimits.DEFAULT);
        scene.up(LINK, in.text("by"), OptionalLong.empty());
        scene.greet(LINK, SOMEBODY, new Address("h", 0), Value.of(List.of()));
        NodeId target = Cast.id(in.text("target"));
        for (long call = 0; call < in.number("pending"); call++) {
            scene.call(whisper(call, Cast.extra(10 + call)));
        }
        scene.forget();
        scene.call(whisper(CALL, target));
        List<Message> asked = scene.sentOn(LINK);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode dial = answer.putArray("dial");
        Effect.@Nullable Dial first = null;
        long time = Scene.WALL;
        for (Request response : in.inners("responses")) {
            Value id = response.flag("mine") ? asked.get(0).payload().get(1) : Value.of("4xB");
            int before = scene.all(Effect.Dial.class).size();
            List<Value> payload = List.of(Value.of(10), id, response.value("node"));
            scene.receive(LINK, new Message(0, Value.text(SOMEBODY.bytes()), time++, payload));
            List<Effect.Dial> dials = scene.all(Effect.Dial.class);
            dial.add(dials.size() > before);
            first = dials.isEmpty() ? null : dials.get(0);
        }
        then(scene, in, first);
        return answer.put("told", told(scene));
    }

    private static Call whisper(long number, NodeId to) {
        return new Call.Whisper(number, to.bytes(), 0x40, List.of(Value.of("x")), true);
    }

    private static void then(Scene scene, Request in, Effect.@Nullable Dial dial) {
        Address there = dial == null ? new Address("203.0.113.50", 4444) : dial.address();
        OptionalLong number = dial == null ? OptionalLong.empty() : OptionalLong.of(dial.dial());
        switch (in.text("then")) {
            case "target", "other" -> {
                scene.up(NEW_LINK, there.host(), number);
                scene.greet(NEW_LINK, Cast.id(in.text(in.text("then"))), there, Value.of(List.of()));
            }
            case "nobody" -> {
                CloseReason gone = CloseReason.because(CloseReason.Cause.UNREACHABLE, "nobody is there");
                scene.tell(new Event.DialFailed(number.orElseThrow(), gone));
            }
            case "elsewhere" -> scene.join(NEW_LINK, Cast.id(in.text("target")), there);
            case "time" -> scene.passTo(30_000);
            case "wait" -> scene.passTo(29_999);
            default -> throw new IllegalArgumentException("nothing is called " + in.text("then"));
        }
    }

    private static @Nullable String told(Scene scene) {
        for (Effect.Complete ended : scene.all(Effect.Complete.class)) {
            if (ended.call() == CALL) {
                return ended.outcome() instanceof Outcome.Failed failed
                        ? failed.error().name()
                        : "sent";
            }
        }
        return null;
    }
}
