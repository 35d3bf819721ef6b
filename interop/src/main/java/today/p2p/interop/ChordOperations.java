package today.p2p.interop;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import today.p2p.ChordTable;
import today.p2p.Values;
import today.p2p.chord.Ring;
import today.p2p.ids.NodeId;
import today.p2p.msgpack.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the scenes ask of a Chord Table; what is no business of a table, its network does. */
final class ChordOperations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SECONDS = 10;

    private final ChordTable<Bytes> table;
    private final Operations network;

    ChordOperations(ChordTable<Bytes> table, Operations network) {
        this.table = table;
        this.network = network;
    }

    /**
     * Performs an operation.
     *
     * @throws today.p2p.PeerException when the table refuses it or does not come to an end
     */
    JsonNode perform(String name, JsonNode in) {
        ChordTable.Blocking<Bytes> calls =
                table.blocking(Duration.ofSeconds(in.path("timeout").asInt(SECONDS)));
        ObjectNode answer = JSON.objectNode();
        switch (name) {
            case "node.set" -> calls.put(key(in), Values.toJava(SyncOperations.value(in)));
            case "node.delete" -> calls.remove(key(in));
            case "node.delta" -> {
                Object delta = Objects.requireNonNull(Values.toJava(SyncOperations.value(in)));
                answer.set("value", shown(calls.applyDelta(key(in), (Map<?, ?>) delta)));
            }
            case "node.get" -> {
                Optional<Object> found = calls.get(key(in));
                found.ifPresentOrElse(value -> answer.set("value", shown(value)), () -> answer.putNull("value"));
            }
            case "node.keys" -> {
                ArrayNode keys = answer.putArray("keys");
                table.keys().forEach(key -> keys.add(shown(key)));
            }
            case "node.owners" -> owners(calls, in, answer.putArray("owners"));
            case "node.join" -> calls.join();
            case "node.leave" -> answer.put("left", calls.leave());
            case "node.state" -> {
                ObjectNode state = (ObjectNode) network.perform(name, in);
                ArrayNode joined = state.putArray("joined");
                Ring ring = table.ring();
                ring.seats().forEach(seat -> joined.add(seat.id().text()));
                return state.put(
                        "held",
                        ring.entries().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
            }
            default -> {
                return network.perform(name, in);
            }
        }
        return answer;
    }

    /** A change of the list of keys as the drivers of 0.7 tell it. */
    static ObjectNode told(ChordTable.Event<Bytes> change) {
        ObjectNode line = JSON.objectNode();
        if (change instanceof ChordTable.Event.Added<Bytes> added) {
            line.put("event", "add").set("key", shown(added.key()));
        } else if (change instanceof ChordTable.Event.Deleted<Bytes> deleted) {
            line.put("event", "delete").set("key", shown(deleted.key()));
        } else {
            line.put("event", "lag");
        }
        return line;
    }

    private static void owners(ChordTable.Blocking<Bytes> calls, JsonNode in, ArrayNode owners) {
        for (NodeId owner : calls.ownersOf(key(in))) {
            owners.add(owner.text());
        }
    }

    private static Bytes key(JsonNode in) {
        return SyncOperations.key(in);
    }

    private static JsonNode shown(Object value) {
        return SyncOperations.shown(value);
    }
}
