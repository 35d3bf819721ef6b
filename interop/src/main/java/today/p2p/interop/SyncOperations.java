package today.p2p.interop;

import java.util.Map;
import java.util.Objects;
import today.p2p.SyncEntry;
import today.p2p.SyncTable;
import today.p2p.Values;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.testee.Notation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the scenes ask of a Sync Table; what is no business of a table, its network does. */
final class SyncOperations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SyncTable<Bytes> table;
    private final Operations network;

    SyncOperations(SyncTable<Bytes> table, Operations network) {
        this.table = table;
        this.network = network;
    }

    /**
     * Performs an operation.
     *
     * @throws today.p2p.PeerException when the table refuses a write
     */
    JsonNode perform(String name, JsonNode in) {
        switch (name) {
            case "node.set" -> table.put(key(in), Values.toJava(value(in)));
            case "node.delete" -> table.remove(key(in));
            case "node.delta" -> {
                Object delta = Objects.requireNonNull(Values.toJava(value(in)));
                table.applyDelta(key(in), (Map<?, ?>) delta);
            }
            case "node.get" -> {
                return get(key(in));
            }
            case "node.keys" -> {
                return keys();
            }
            case "node.state" -> {
                ObjectNode state = (ObjectNode) network.perform(name, in);
                return state.put("ready", table.ready().isDone());
            }
            default -> {
                return network.perform(name, in);
            }
        }
        return JSON.objectNode();
    }

    /** A change as the drivers of 0.7 tell it. */
    static ObjectNode told(SyncTable.Event<Bytes> change) {
        ObjectNode line = JSON.objectNode();
        if (change instanceof SyncTable.Event.Updated<Bytes> updated) {
            SyncEntry<Bytes> entry = updated.entry();
            line.put("event", "update").set("key", shown(entry.key()));
            line.set("value", shown(entry.value()));
            line.put("owner", entry.owner()).put("time", entry.time().getEpochSecond());
        } else if (change instanceof SyncTable.Event.Deleted<Bytes> deleted) {
            line.put("event", "delete").set("key", shown(deleted.key()));
        } else {
            line.put("event", "lag");
        }
        return line;
    }

    private ObjectNode get(Bytes key) {
        ObjectNode found = JSON.objectNode();
        table.entry(key)
                .ifPresentOrElse(
                        entry -> {
                            found.set("value", shown(entry.value()));
                            found.put("owner", entry.owner())
                                    .put("time", entry.time().getEpochSecond());
                        },
                        () -> found.putNull("value"));
        return found;
    }

    private ObjectNode keys() {
        ObjectNode found = JSON.objectNode();
        ArrayNode keys = found.putArray("keys");
        table.keySet().forEach(key -> keys.add(shown(key)));
        return found;
    }

    static Value value(JsonNode in) {
        return Notation.read(in.path("value"));
    }

    static Bytes key(JsonNode in) {
        Value key = Notation.read(in.path("key"));
        return key.kind() == Value.Kind.TEXT ? ((Value.Text) key).bytes() : ((Value.Binary) key).bytes();
    }

    static JsonNode shown(Object value) {
        return Notation.write(Values.of(value));
    }
}
