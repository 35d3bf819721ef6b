package today.p2p.model.rings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers the operations on Chord Tables of the testee protocol. Immutable; safe for use by several threads. */
public final class RingRules {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final int REQUEST = 8;

    private final @Nullable RingDefect defect;
    private final UnaryOperator<JsonNode> plain;
    private final ToIntFunction<JsonNode> size;

    /**
     * The rules as they are written, or with one deliberate defect.
     *
     * @param plain writes a value out that is abbreviated
     * @param size how many bytes a value has in its shortest form
     */
    public RingRules(@Nullable RingDefect defect, UnaryOperator<JsonNode> plain, ToIntFunction<JsonNode> size) {
        this.defect = defect;
        this.plain = plain;
        this.size = size;
    }

    /** The operations that {@link #answer} knows. */
    public static List<String> ops() {
        return List.of("chord.play", "chord.read");
    }

    /**
     * The answer to one operation; empty for one that it does not know.
     *
     * @throws IllegalArgumentException when the request is not what the testee protocol says
     */
    public Optional<ObjectNode> answer(String op, JsonNode in) {
        return switch (op) {
            case "chord.play" -> Optional.of(play(in));
            case "chord.read" -> Optional.of(read(in));
            default -> Optional.empty();
        };
    }

    private static BigInteger id(JsonNode text) {
        return Place.number(text.asString("")).orElseThrow(() -> new IllegalArgumentException("no id: " + text));
    }

    private ObjectNode play(JsonNode in) {
        Record did = new Record();
        Terms terms = new Terms(id(in.path("own")), in.path("limits"), in.path("timers"), size);
        RingNode node = new RingNode(terms, defect, did);
        if (in.path("joined").asBoolean()) {
            node.join(-1);
        }
        List<JsonNode> peers = in.path("peers").valueStream().toList();
        for (int link = 0; link < peers.size(); link++) {
            if (!peers.get(link).path("later").asBoolean(false)) {
                meet(node, link, peers.get(link));
            }
        }
        did.taken();
        ObjectNode answer = JSON.objectNode();
        ArrayNode all = answer.putArray("did");
        List<JsonNode> steps = in.path("steps").valueStream().toList();
        for (int index = 0; index < steps.size(); index++) {
            step(node, steps.get(index), index, peers);
            boolean last = index + 1 == steps.size();
            node.passTo((last ? in.path("until") : steps.get(index + 1).path("at")).asLong());
            all.add(did.taken());
        }
        return answer;
    }

    private static void meet(RingNode node, int link, JsonNode peer) {
        node.meet(link, id(peer.path("id")), peer.path("as").asString("kit").equals("kit"));
        if (peer.path("joined").isBoolean()) {
            String state = peer.path("joined").asBoolean() ? "0" : "1";
            node.received(link, 2, JSON.arrayNode().add(5).add(state));
        }
    }

    private void step(RingNode node, JsonNode step, int index, List<JsonNode> peers) {
        JsonNode key = plain.apply(step.path("key").isMissingNode() ? JSON.nullNode() : step.path("key"));
        int peer = step.path("peer").asInt(-1);
        switch (step.path("do").asString("")) {
            case "message" -> {
                ArrayNode payload = JSON.arrayNode();
                step.path("payload").forEach(item -> payload.add(plain.apply(item)));
                node.received(peer, step.path("type").asInt(-1), payload);
            }
            case "meet" -> meet(node, peer, peers.get(peer));
            case "lose" -> node.lose(peer);
            case "get" -> node.get(index, key);
            case "put" -> node.put(index, key, plain.apply(step.path("value")));
            case "delete" -> node.put(index, key, JSON.nullNode());
            case "delta" -> node.merge(index, key, plain.apply(step.path("delta")));
            case "join" -> node.join(index);
            case "leave" -> node.leave(index);
            default -> throw new IllegalArgumentException("no such step: " + step);
        }
    }

    /** One read of a leech whose only peer owns all five positions. */
    private ObjectNode read(JsonNode in) {
        Record did = new Record();
        RingNode node =
                new RingNode(new Terms(BigInteger.ONE, JSON.objectNode(), JSON.objectNode(), size), defect, did);
        node.meet(0, BigInteger.TWO, true);
        node.received(0, 2, JSON.arrayNode().add(5).add("0"));
        node.get(0, JSON.stringNode("key"));
        did.taken();
        List<Place> places = Place.of(new byte[] {'k', 'e', 'y'});
        for (JsonNode answer : in.path("answers")) {
            Place place = places.get(Place.HASHES.indexOf(answer.path("of").asString("")));
            ArrayNode payload = JSON.arrayNode().add(13).add(place.hash()).add(place.base58());
            node.received(0, 2, payload.add(plain.apply(answer.path("value"))));
        }
        if (in.path("then").asString("").equals("time")) {
            node.passTo(10_000);
        } else if (in.path("then").asString("").equals("gone")) {
            node.lose(0);
        }
        ObjectNode answer = JSON.objectNode().put("end", "open");
        ArrayNode stores = answer.putArray("stores");
        for (JsonNode each : did.taken()) {
            if (each.has("end") || each.has("err")) {
                answer.setAll((ObjectNode) each);
                answer.remove("call");
            } else if (each.path("payload").path(0).asInt(-1) == 11) {
                stores.add(Items.text(each.path("payload").get(1)).orElseThrow());
            }
        }
        return answer;
    }

    /** What a node has done, in the order that the testee protocol asks for. */
    private static final class Record implements Outlet {
        private static final Comparator<JsonNode> ORDER = Comparator.comparingInt((JsonNode each) -> rank(each))
                .thenComparingInt(each -> each.path("to").asInt(-1))
                .thenComparingInt(each -> each.path("payload").path(0).asInt(-1))
                .thenComparingInt(Record::table)
                .thenComparing(JsonNode::toString);
        private final List<JsonNode> did = new ArrayList<>();

        private static int rank(JsonNode each) {
            return each.has("payload") ? 0 : each.has("told") ? 1 : 2;
        }

        private static int table(JsonNode each) {
            JsonNode name = each.path("payload").path(1);
            return Items.text(name).map(Place.HASHES::indexOf).orElse(-1);
        }

        ArrayNode taken() {
            ArrayNode taken = JSON.arrayNode();
            did.stream().sorted(ORDER).forEach(taken::add);
            did.clear();
            return taken;
        }

        @Override
        public void whisper(int link, ArrayNode payload) {
            if (payload.path(0).asInt(-1) == REQUEST) {
                return;
            }
            ObjectNode sent = JSON.objectNode().put("to", link);
            did.add(sent.set("payload", payload));
        }

        @Override
        public void broadcast(ArrayNode payload) {
            ObjectNode sent = JSON.objectNode().putNull("to");
            did.add(sent.set("payload", payload));
        }

        @Override
        public void told(String event, JsonNode key) {
            ObjectNode told = JSON.objectNode().put("told", event);
            did.add(told.set("key", key));
        }

        @Override
        public void ended(int call, ObjectNode how) {
            if (call >= 0) {
                did.add(JSON.objectNode().put("call", call).setAll(how));
            }
        }
    }
}
