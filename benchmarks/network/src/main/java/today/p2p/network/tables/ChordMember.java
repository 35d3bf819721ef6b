package today.p2p.network.tables;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import today.p2p.ChordTable;
import today.p2p.clusters.Member;
import today.p2p.kernel.Limit;
import today.p2p.msgpack.Bytes;

/** A Chord Table that has joined. */
final class ChordMember implements Member {
    private static final int ALL = 1_000_000_000;

    private final ChordTable<String> table;

    ChordMember() {
        table = ChordTable.builder()
                .listen("127.0.0.1", 0)
                .maxOutgoing(0)
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

    void join() {
        table.join().join();
    }

    /** As {@link #put}, complete when the value has been read back. */
    CompletableFuture<?> confirm(String key, byte[] value) {
        return table.confirming().put(key, value);
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return table.put(key, value);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return table.get(key)
                .thenApply(
                        value -> value.map(bytes -> ((Bytes) bytes).toArray()).orElse(null));
    }

    @Override
    public int members() {
        return table.ring().seats().size();
    }

    @Override
    public void close() {
        table.close();
    }
}
