package today.p2p.testee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.NodeLimits;
import today.p2p.link.Link;
import today.p2p.link.LinkState;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.testee.Cast.Player;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What messages do on one link (chapter 12). Each question has a scene of its own. */
final class LinkOperations {
    private static final long FIRST = 1;
    private static final long SECOND = 2;
    private static final NodeId SOMEBODY = Cast.extra(1);
    private static final NodeId ANOTHER = Cast.extra(2);

    private LinkOperations() {}

    static ObjectNode on(Request in) {
        Player own = Player.of(in.inner("own"));
        Player peer = Player.of(in.inner("peer"));
        Player other = Player.of(in.inner("other"));
        ProtocolId network = new ProtocolId(Bytes.ofUtf8(in.text("protocolId")));
        Scene scene = new Scene(Cast.self(own.id(), own.address(), network, List.of()), NodeLimits.DEFAULT);
        scene.join(SECOND, other.id(), other.address());
        Link link = scene.up(FIRST, peer.address().host(), OptionalLong.empty());
        if (!in.text("state").equals("greeting")) {
            scene.greet(FIRST, peer.id(), peer.address(), Value.of(List.of()));
            scene.call(new Call.Whisper(1, peer.id().bytes(), 2, List.of(Value.of("x")), false));
        }
        if (in.text("state").equals("closed")) {
            scene.end(FIRST);
        }
        scene.forget();
        Message message =
                new Message((int) in.number("type"), Value.text(peer.id().bytes()), Scene.WALL, Cast.payload(in));
        Bytes frame = scene.receive(FIRST, message);
        return seen(scene, frame).put("open", link.state() == LinkState.OPEN);
    }

    private static ObjectNode seen(Scene scene, Bytes frame) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put(
                "close",
                scene.closed.isEmpty() ? null : code(scene.closed.get(0).reason()));
        answer.put(
                "relay",
                scene.written.stream()
                        .anyMatch(sent -> sent.link() == SECOND && sent.frame().equals(frame)));
        answer.put("deliver", !scene.all(Effect.Deliver.class).isEmpty());
        answer.put("dial", !scene.all(Effect.Dial.class).isEmpty());
        ArrayNode replies = answer.putArray("replies");
        scene.sentOn(FIRST).forEach(sent -> replies.addArray().add(sent.type()).add(Cast.subFlag(sent)));
        return answer;
    }

    static String code(CloseReason reason) {
        return reason.errorCode().map(Enum::name).orElse(reason.cause().name());
    }

    static ObjectNode handshake(Request in) {
        ProtocolId network = new ProtocolId(Bytes.ofUtf8(in.text("protocolId")));
        Address here = new Address("192.0.2.1", 4444);
        Scene scene =
                new Scene(Cast.self(Cast.id(in.text("own")), here, network, in.numbers("codecs")), NodeLimits.DEFAULT);
        Link link = scene.up(FIRST, "192.0.2.2", OptionalLong.empty());
        if (!in.isAbsent("before")) {
            scene.greet(FIRST, Cast.id(in.text("before")), here, Value.of(List.of()));
        }
        scene.receive(FIRST, Cast.message(Opcode.WHISPER, SOMEBODY, Cast.payload(in)));
        refuseIfClosed(scene);
        Handshake peer = link.peer().orElseThrow();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("id", peer.id().bytes().utf8());
        answer.put("host", peer.address().host()).put("port", peer.address().port());
        ArrayNode extensions = answer.putArray("extensions");
        peer.extensions().forEach(extensions::add);
        return answer.put("codec", link.sendingCodec().map(Codec::code).orElse(null));
    }

    private static void refuseIfClosed(Scene scene) {
        if (!scene.closed.isEmpty()) {
            CloseReason reason = scene.closed.get(0).reason();
            throw new Refusal(reason.errorCode().orElseThrow(), Refusal.NOWHERE, reason.detail());
        }
    }

    static ObjectNode renegotiate(Request in) {
        Address here = new Address("192.0.2.1", 4444);
        ProtocolId network = ProtocolId.of("mesh", "Plaintext");
        Scene scene = new Scene(Cast.self(ANOTHER, here, network, in.numbers("own")), NodeLimits.DEFAULT);
        Link link = scene.up(FIRST, "192.0.2.2", OptionalLong.empty());
        scene.greet(FIRST, SOMEBODY, here, in.value("before"));
        scene.forget();
        scene.receive(FIRST, Cast.message(Opcode.RENEGOTIATE, SOMEBODY, Cast.payload(in)));
        refuseIfClosed(scene);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("codec", link.sendingCodec().map(Codec::code).orElse(null));
        List<Message> sent = scene.sentOn(FIRST);
        answer.set(
                "answer",
                sent.isEmpty()
                        ? JsonNodeFactory.instance.nullNode()
                        : Notation.write(sent.get(0).payload().get(1)));
        return answer;
    }

    static ObjectNode resend(Request in) {
        Scene scene = new Scene(Cast.self(Cast.id(in.text("own"))), NodeLimits.DEFAULT);
        Cast.open(scene, FIRST, SOMEBODY, Value.of(List.of()));
        Cast.open(scene, SECOND, ANOTHER, Value.of(List.of()));
        scene.forget();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode again = answer.putArray("again");
        Map<List<Value>, Integer> steps = new HashMap<>();
        List<Request> asked = in.inners("steps");
        for (int index = 0; index < asked.size(); index++) {
            Request step = asked.get(index);
            scene.passTo(step.number("at"));
            scene.written.removeIf(sent -> step.text("do").equals("ask"));
            act(scene, step, index);
            List<Message> sent = scene.sentOn(FIRST);
            if (step.text("do").equals("ask")) {
                again.add(sent.isEmpty() ? null : steps.get(sent.get(0).payload()));
            } else if (!sent.isEmpty()) {
                steps.put(sent.get(sent.size() - 1).payload(), index);
            }
        }
        return answer;
    }

    private static void act(Scene scene, Request step, int index) {
        int length = step.optionalNumber("bytes").orElse(1);
        List<Value> text = List.of(Value.of(Character.toString('a' + index).repeat(length)));
        switch (step.text("do")) {
            case "whisper" -> scene.call(new Call.Whisper(index, SOMEBODY.bytes(), 0x40, text, false));
            case "broadcast" -> scene.call(new Call.Broadcast(index, 0x40, text));
            case "relay" -> scene.receive(SECOND, Cast.message(Opcode.BROADCAST, ANOTHER, Value.of(0x40), text.get(0)));
            case "pong" -> scene.receive(FIRST, Cast.message(Opcode.WHISPER, SOMEBODY, Value.of(3)));
            case "peers" -> scene.receive(FIRST, Cast.message(Opcode.WHISPER, SOMEBODY, Value.of(8), Value.of("*")));
            case "answer" -> {
                Value list = Value.array(Value.of(19));
                scene.receive(FIRST, Cast.message(Opcode.RENEGOTIATE, SOMEBODY, Value.of(1), list));
            }
            case "ask" -> scene.receive(FIRST, Cast.message(Opcode.RENEGOTIATE, SOMEBODY, Value.of(9)));
            case "ping" -> {} // the silence until this step was long enough for one of our own
            default -> throw new IllegalArgumentException("no step is called " + step.text("do"));
        }
    }

    static ObjectNode duplicate(Request in) {
        Scene scene = new Scene(Cast.self(Cast.id(in.text("own"))), NodeLimits.DEFAULT);
        NodeId peer = Cast.id(in.text("peer"));
        List<String> flags = List.of("oldOutgoing", "newOutgoing");
        for (int link = 0; link < flags.size(); link++) {
            scene.passTo(link * in.number("age"));
            OptionalLong dial = in.flag(flags.get(link)) ? OptionalLong.of(77 + link) : OptionalLong.empty();
            scene.up(link, "203.0.113.9", dial);
            scene.greet(link, peer, new Address("203.0.113.9", 4444), Value.of(List.of()));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("close", scene.closed.get(0).link() == 0 ? "old" : "new");
    }

    static ObjectNode admit(Request in) {
        Scene scene = new Scene(Cast.self(ANOTHER), Scene.limits(in));
        ArrayNode closed = JsonNodeFactory.instance.arrayNode();
        List<Request> links = in.inners("links");
        for (int link = 0; link < links.size(); link++) {
            int before = scene.closed.size();
            OptionalLong dial = links.get(link).flag("outgoing") ? OptionalLong.of(1000 + link) : OptionalLong.empty();
            scene.up(link, links.get(link).text("from"), dial);
            boolean refused = scene.closed.size() > before;
            closed.add(refused);
            if (links.get(link).flag("greets") && !refused) {
                scene.greet(link, Cast.extra(10 + link), new Address("h", 1), Value.of(new ArrayList<>()));
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("closed", closed);
        return answer;
    }
}
