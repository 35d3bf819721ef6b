package today.p2p.testee;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import today.p2p.ChordTable;
import today.p2p.MeshNetwork;
import today.p2p.Values;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Chord Table of a live node. Safe for use by several threads. */
final class LiveRing implements LiveNode.Writes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ChordTable<Bytes> table;

    /** @param events who is told what happens to the key list */
    LiveRing(ChordTable<Bytes> table, Consumer<ObjectNode> events) {
        // A call that is tried again would hide how it ended.
        this.table = table.retrying(0, PAUSE, PAUSE);
        table.onChange(event -> events.accept(told(event)));
    }

    MeshNetwork network() {
        return table.network();
    }

    @Override
    public CompletableFuture<?> put(Bytes key, Value value) {
        return table.put(key, Objects.requireNonNull(Values.toJava(value)));
    }

    @Override
    public CompletableFuture<?> delete(Bytes key) {
        return table.remove(key);
    }

    @Override
    public CompletableFuture<?> delta(Bytes key, Value delta) {
        return table.applyDelta(key, (Map<?, ?>) Objects.requireNonNull(Values.toJava(delta)));
    }

    CompletableFuture<Optional<Object>> read(Bytes key) {
        return table.get(key);
    }

    CompletableFuture<?> join() {
        return table.join();
    }

    CompletableFuture<?> leave() {
        return table.leave();
    }

    ObjectNode keys() {
        ObjectNode answer = NODES.objectNode();
        ArrayNode keys = answer.putArray("keys");
        table.keys().forEach(key -> keys.add(written(key)));
        return answer;
    }

    private static ObjectNode told(ChordTable.Event<Bytes> event) {
        if (event instanceof ChordTable.Event.Added<Bytes> added) {
            return NODES.objectNode().put("event", "add").set("key", written(added.key()));
        } else if (event instanceof ChordTable.Event.Deleted<Bytes> deleted) {
            return NODES.objectNode().put("event", "delete").set("key", written(deleted.key()));
        }
        ChordTable.Event.Lagged<Bytes> lagged = (ChordTable.Event.Lagged<Bytes>) event;
        return NODES.objectNode().put("event", "lag").put("missed", lagged.missed());
    }

    private static JsonNode written(Bytes key) {
        return Notation.write(Value.of(key));
    }
}
