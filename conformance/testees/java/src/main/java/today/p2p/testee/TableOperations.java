package today.p2p.testee;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import today.p2p.msgpack.Bytes;
import tools.jackson.databind.node.ObjectNode;

/** The tables of live nodes. */
final class TableOperations {
    private TableOperations() {}

    static ObjectNode put(Request in) {
        return follow(in, (table, key) -> table.put(key, in.value("value")));
    }

    static ObjectNode delete(Request in) {
        return follow(in, LiveNode.Writes::delete);
    }

    static ObjectNode delta(Request in) {
        return follow(in, (table, key) -> table.delta(key, in.value("delta")));
    }

    static ObjectNode read(Request in) {
        LiveNode node = NodeOperations.node(in);
        return node.follow(node.ring().read(key(in)));
    }

    static ObjectNode join(Request in) {
        LiveNode node = NodeOperations.node(in);
        return node.follow(node.ring().join());
    }

    static ObjectNode leave(Request in) {
        LiveNode node = NodeOperations.node(in);
        return node.follow(node.ring().leave());
    }

    static ObjectNode keys(Request in) {
        return NodeOperations.node(in).ring().keys();
    }

    static ObjectNode get(Request in) {
        return NodeOperations.node(in).table().value(key(in));
    }

    static ObjectNode entry(Request in) {
        return NodeOperations.node(in).table().entry(key(in));
    }

    private static ObjectNode follow(Request in, BiFunction<LiveNode.Writes, Bytes, CompletableFuture<?>> write) {
        LiveNode node = NodeOperations.node(in);
        return node.follow(write.apply(node.writes(), key(in)));
    }

    private static Bytes key(Request in) {
        return in.byteString("key").bytes();
    }
}
