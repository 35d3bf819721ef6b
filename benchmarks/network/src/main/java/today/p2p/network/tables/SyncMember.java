package today.p2p.network.tables;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import today.p2p.SyncTable;
import today.p2p.clusters.Member;
import today.p2p.kernel.Limit;
import today.p2p.msgpack.Bytes;

/** A Sync Table. */
final class SyncMember implements Member {
    private static final int ALL = 1_000_000_000;

    private final SyncTable<String> table;

    SyncMember(long maxSeen) {
        table = SyncTable.builder()
                .listen("127.0.0.1", 0)
                .maxOutgoing(0)
                .linkThreads(1)
                .limit(Limit.MAX_SEEN, maxSeen)
                .limit(Limit.MAX_MESSAGE_RATE, ALL)
                .limit(Limit.MAX_MESSAGE_BURST, ALL)
                .limit(Limit.MAX_RELAY_RATE, ALL)
                .start();
    }

    int port() {
        return table.network().address().port();
    }

    void connect(int port) {
        table.network().connect("127.0.0.1", port).join();
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return table.putAsync(key, value);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        Object value = table.get(key);
        return CompletableFuture.completedFuture(value == null ? null : ((Bytes) value).toArray());
    }

    @Override
    public int members() {
        return table.network().peers().size() + 1;
    }

    @Override
    public void close() {
        table.close();
    }
}
