package today.p2p.testee;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import today.p2p.MeshNetwork;
import today.p2p.SyncEntry;
import today.p2p.SyncTable;
import today.p2p.Values;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Sync Table of a live node. Safe for use by several threads. */
final class LiveTable implements LiveNode.Writes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SyncTable<Bytes> table;

    /** @param events who is told what happens to the table */
    LiveTable(SyncTable<Bytes> table, Consumer<ObjectNode> events) {
        this.table = table;
        table.onChange(event -> events.accept(told(event)));
    }

    MeshNetwork network() {
        return table.network();
    }

    @Override
    public CompletableFuture<?> put(Bytes key, Value value) {
        return table.putAsync(key, value);
    }

    @Override
    public CompletableFuture<?> delete(Bytes key) {
        return table.putAsync(key, null);
    }

    @Override
    public CompletableFuture<?> delta(Bytes key, Value delta) {
        Map<?, ?> changes = (Map<?, ?>) Objects.requireNonNull(Values.toJava(delta));
        return CompletableFuture.supplyAsync(() -> table.applyDelta(key, changes));
    }

    /** The value of a key; nothing when it is absent. */
    ObjectNode value(Bytes key) {
        ObjectNode answer = NODES.objectNode();
        @Nullable Object value = table.get(key);
        return value == null ? answer : answer.set("value", written(value));
    }

    /** What the table holds for a key; nothing when it is absent. */
    ObjectNode entry(Bytes key) {
        return table.entry(key)
                .map(entry -> described(entry).put("free", entry.freeFrom().getEpochSecond()))
                .orElseGet(NODES::objectNode);
    }

    private static ObjectNode told(SyncTable.Event<Bytes> event) {
        if (event instanceof SyncTable.Event.Updated<Bytes> updated) {
            ObjectNode told = NODES.objectNode().put("event", "update");
            told.set("key", written(updated.entry().key()));
            return told.setAll(described(updated.entry()));
        } else if (event instanceof SyncTable.Event.Deleted<Bytes> deleted) {
            ObjectNode told = NODES.objectNode().put("event", "delete");
            return told.set("key", written(deleted.key()));
        }
        SyncTable.Event.Lagged<Bytes> lagged = (SyncTable.Event.Lagged<Bytes>) event;
        return NODES.objectNode().put("event", "lag").put("missed", lagged.missed());
    }

    private static ObjectNode described(SyncEntry<Bytes> entry) {
        ObjectNode described = NODES.objectNode()
                .put("owner", entry.owner())
                .put("time", entry.time().getEpochSecond());
        return described.set("value", written(entry.value()));
    }

    private static JsonNode written(Object value) {
        return Notation.write(Values.of(value));
    }
}
