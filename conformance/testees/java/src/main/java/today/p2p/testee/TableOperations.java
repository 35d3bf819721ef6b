package today.p2p.testee;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import today.p2p.msgpack.Bytes;
import tools.jackson.databind.node.ObjectNode;

/** The Sync Tables of live nodes. */
final class TableOperations {
    private TableOperations() {}

    static ObjectNode put(Request in) {
        return follow(in, (table, key) -> table.put(key, in.value("value")));
    }

    static ObjectNode delete(Request in) {
        return follow(in, LiveTable::delete);
    }

    static ObjectNode delta(Request in) {
        return follow(in, (table, key) -> table.delta(key, in.value("delta")));
    }

    static ObjectNode get(Request in) {
        return NodeOperations.node(in).table().value(key(in));
    }

    static ObjectNode entry(Request in) {
        return NodeOperations.node(in).table().entry(key(in));
    }

    private static ObjectNode follow(Request in, BiFunction<LiveTable, Bytes, CompletableFuture<?>> write) {
        LiveNode node = NodeOperations.node(in);
        return node.follow(write.apply(node.table(), key(in)));
    }

    private static Bytes key(Request in) {
        return in.byteString("key").bytes();
    }
}
