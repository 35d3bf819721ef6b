package today.p2p.testee;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import today.p2p.chord.ChordCall;
import today.p2p.chord.Table;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What messages and calls make of a Chord Table (chapter 15). */
final class ChordOperations {
    private static final int WHISPER = 2;
    private static final Value META = Value.of(5);
    private static final Value STORE = Value.of(11);
    private static final Value RETRIEVED = Value.of(13);
    private static final long READ_DEADLINE = 10_000;

    private ChordOperations() {}

    static ObjectNode play(Request in) {
        ChordScene scene = new ChordScene(Cast.id(in.text("own")), limits(in));
        if (in.flag("joined")) {
            scene.call(new ChordCall.Join(-1));
        }
        List<Request> peers = in.inners("peers");
        for (int link = 0; link < peers.size(); link++) {
            if (peers.get(link).isAbsent("later")) {
                meet(scene, link, peers.get(link));
            }
        }
        scene.taken();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode did = answer.putArray("did");
        List<Request> steps = in.inners("steps");
        for (int index = 0; index < steps.size(); index++) {
            step(scene, steps.get(index), index, peers);
            scene.passTo(index + 1 < steps.size() ? steps.get(index + 1).number("at") : in.number("until"));
            did.add(scene.taken());
        }
        return answer;
    }

    private static NodeLimits limits(Request in) {
        NodeLimits limits = Scene.limits(in);
        for (Timer timer : in.isAbsent("timers") ? new Timer[0] : Timer.values()) {
            JsonNode seconds = in.inner("timers").in().path(timer.registryName());
            limits = seconds.isMissingNode() ? limits : limits.with(timer, (long) (seconds.asDouble() * Time.SECOND));
        }
        return limits;
    }

    private static void meet(ChordScene scene, int link, Request peer) {
        NodeId id = Cast.id(peer.text("id"));
        String as = peer.isAbsent("as") ? "KIT" : peer.text("as").toUpperCase(Locale.ROOT);
        scene.meet(link, id, Lineage.valueOf(as));
        if (!peer.isAbsent("joined")) {
            scene.receive(link, WHISPER, List.of(META, Value.of(peer.flag("joined") ? "0" : "1")));
        }
    }

    private static void step(ChordScene scene, Request step, int index, List<Request> peers) {
        switch (step.text("do")) {
            case "message" -> scene.receive((int) step.number("peer"), (int) step.number("type"), Cast.payload(step));
            case "meet" -> meet(scene, (int) step.number("peer"), peers.get((int) step.number("peer")));
            case "lose" -> scene.lose((int) step.number("peer"));
            default -> scene.call(call(step, index));
        }
    }

    private static ChordCall call(Request step, int number) {
        return switch (step.text("do")) {
            case "get" -> new ChordCall.Get(number, key(step));
            case "put" -> new ChordCall.Put(number, key(step), step.value("value"), false);
            case "delete" -> new ChordCall.Put(number, key(step), Value.nil(), false);
            case "delta" -> new ChordCall.Merge(number, key(step), (Value.Map) step.value("delta"));
            case "join" -> new ChordCall.Join(number);
            case "leave" -> new ChordCall.Leave(number);
            default -> throw new IllegalArgumentException("no step is called " + step.text("do"));
        };
    }

    private static Bytes key(Request step) {
        return step.byteString("key").bytes();
    }

    /** One read of a leech whose only peer owns everything. */
    static ObjectNode read(Request in) {
        ChordScene scene = new ChordScene(Cast.id("2"), NodeLimits.DEFAULT);
        scene.meet(0, Cast.id("3"), Lineage.KIT);
        scene.receive(0, WHISPER, List.of(META, Value.of("0")));
        Bytes key = Bytes.ofUtf8("key");
        scene.call(new ChordCall.Get(0, key));
        scene.taken();
        for (Request answer : in.inners("answers")) {
            Value hash = Value.of(answer.text("of"));
            Table table = Table.named(((Value.ByteString) hash).bytes()).orElseThrow();
            Value position = Value.of(Base58.write(table.position(key)));
            scene.receive(0, WHISPER, List.of(RETRIEVED, hash, position, answer.value("value")));
        }
        if (!in.isAbsent("then") && in.text("then").equals("time")) {
            scene.passTo(READ_DEADLINE);
        } else if (!in.isAbsent("then")) {
            scene.lose(0);
        }
        return readEnd(scene.taken());
    }

    private static ObjectNode readEnd(ArrayNode did) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("end", "open");
        ArrayNode stores = answer.putArray("stores");
        for (JsonNode each : did) {
            JsonNode payload = each.path("payload");
            if (each.has("end")) {
                answer.setAll((ObjectNode) each);
                answer.remove("call");
            } else if (Objects.equals(Notation.write(STORE), payload.path(0))) {
                stores.add(((Value.ByteString) Notation.read(payload.get(1)))
                        .bytes()
                        .utf8());
            }
        }
        return answer;
    }
}
