package today.p2p.live.toy;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.live.Wire;
import today.p2p.model.rings.Outlet;
import today.p2p.model.rings.RingDefect;
import today.p2p.model.rings.RingNode;
import today.p2p.model.rings.Terms;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Chord Table of the toy: the model's, on the toy's links. Guarded by its node. */
final class ToyRing implements Outlet {
    private static final int META = 5;
    private static final int NOTIFY = 6;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long MILLI = 1_000_000;
    private static final long JOIN_CHUNK = 65_536;

    private final ToyNode node;
    private final ToyMesh mesh;
    private final RingNode ring;
    private final long began = System.nanoTime();
    private final Map<Integer, ToyLink> links = new HashMap<>();
    private final Map<Integer, Deque<ArrayNode>> waiting = new HashMap<>();
    private final Set<Integer> unpinged = new HashSet<>();
    private final long upkeep;
    private final ArrayNode keys = JSON.arrayNode();
    private long roundAt = Long.MAX_VALUE;
    private int met;

    /** What the table is like. */
    record Kind(JsonNode limits, JsonNode timers, @Nullable RingDefect defect) {}

    ToyRing(ToyNode node, ToyMesh mesh, String own, Kind kind) {
        this.node = node;
        this.mesh = mesh;
        Terms terms = new Terms(number(own), kind.limits(), kind.timers(), value -> Wire.packed(value).length);
        this.ring = new RingNode(terms, kind.defect(), this);
        upkeep = (long) (kind.timers().path("upkeep-every").asDouble(5) * 1000);
    }

    /** Whether a sub-flag is for a Chord Table. */
    static boolean knows(int flag) {
        return flag == META || flag == NOTIFY || flag >= 11 && flag <= 13 || flag == ToyTable.DELTA;
    }

    private static BigInteger number(String id) {
        return new BigInteger(Wire.number(JSON.stringNode(id)));
    }

    void tick() {
        long now = (System.nanoTime() - began) / MILLI;
        ring.passTo(now);
        waiting.keySet().forEach(this::handOver);
        if (now >= roundAt) {
            roundAt = now + upkeep;
            links.forEach(this::ping);
        }
    }

    // CRD-34.
    private void ping(int number, ToyLink link) {
        boolean isKit = link.elder == ToyLink.Elder.NONE || node.is(ToyDefect.RING_PINGS_ALL);
        boolean isNew = unpinged.remove(number) || node.is(ToyDefect.RING_PINGS_AGAIN);
        if (isKit && isNew && !node.is(ToyDefect.NO_RING_PINGS)) {
            mesh.send(link, mesh.own(2, mesh.now()).add(3), false);
        }
    }

    // CRD-32.
    private void handOver(int number) {
        Deque<ArrayNode> messages = Objects.requireNonNull(waiting.get(number));
        ToyLink link = links.get(number);
        if (link == null) {
            messages.clear();
            return;
        }
        boolean mayAll = node.is(ToyDefect.TABLE_AT_ONCE);
        while (!messages.isEmpty() && (mayAll || link.outbox.waiting() <= JOIN_CHUNK)) {
            mesh.send(link, mesh.own(2, mesh.now()).addAll(messages.remove()), true);
        }
    }

    void joined(ToyLink link) {
        tick();
        links.put(++met, link);
        unpinged.add(met);
        if (roundAt == Long.MAX_VALUE) {
            roundAt = (System.nanoTime() - began) / MILLI + upkeep;
        }
        ring.meet(met, number(link.id()), link.elder == ToyLink.Elder.NONE);
    }

    private Optional<Integer> numberOf(ToyLink link) {
        return links.entrySet().stream()
                .filter(each -> each.getValue() == link)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void left(ToyLink link) {
        tick();
        numberOf(link).ifPresent(number -> {
            links.remove(number);
            ring.lose(number);
        });
    }

    void received(ToyLink link, JsonNode message) {
        tick();
        ArrayNode payload = JSON.arrayNode();
        message.valueStream().skip(3).forEach(payload::add);
        numberOf(link).ifPresent(number -> ring.received(number, message.path(0).asInt(-1), payload));
    }

    /** An operation of the application. */
    JsonNode answer(String op, ObjectNode in) {
        tick();
        if (op.equals("table.keys")) {
            return JSON.objectNode().set("keys", keys.deepCopy());
        }
        int call = mesh.requests().nextCall();
        switch (op) {
            case "table.put" -> ring.put(call, in.path("key"), in.path("value"));
            case "table.delete" -> ring.put(call, in.path("key"), JSON.nullNode());
            case "table.delta" -> ring.merge(call, in.path("key"), in.path("delta"));
            case "table.read" -> ring.get(call, in.path("key"));
            case "table.join" -> ring.join(call);
            default -> ring.leave(call);
        }
        return JSON.objectNode().put("call", call);
    }

    @Override
    public void whisper(int link, ArrayNode payload) {
        waiting.computeIfAbsent(link, any -> new ArrayDeque<>()).add(payload);
        handOver(link);
    }

    @Override
    public void broadcast(ArrayNode payload) {
        mesh.broadcast(payload);
    }

    @Override
    public void told(String event, JsonNode key) {
        if (event.equals("add")) {
            keys.add(key);
        } else {
            keys.removeIf(key::equals);
        }
        node.events.add(JSON.objectNode().put("event", event).set("key", key));
    }

    @Override
    public void ended(int call, ObjectNode how) {
        String end = how.path("end").asString("");
        boolean failed = how.has("err") || end.equals("split") || end.equals("late");
        ObjectNode event =
                JSON.objectNode().put("event", failed ? "failed" : "done").put("call", call);
        if (failed && !end.equals("split")) {
            event.put("err", how.path("err").asString("TIMEOUT"));
        }
        if (how.has("value")) {
            event.set("value", how.get("value"));
        }
        node.events.add(event);
    }
}
