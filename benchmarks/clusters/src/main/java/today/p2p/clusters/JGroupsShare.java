package today.p2p.clusters;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jgroups.blocks.ReplCache;
import org.jspecify.annotations.Nullable;

/** A map of JGroups of which one member holds each key. */
final class JGroupsShare implements Member {
    private static final short COPIES = 1;
    private static final long FOR_EVER = 0;

    private final ReplCache<String, byte[]> cache;
    private final ExecutorService waiting = Waiting.threads();

    JGroupsShare(String cluster) {
        cache = new ReplCache<>(JGroupsCopy.STACK, cluster);
        cache.setMigrateData(false);
        try {
            cache.start();
        } catch (Exception failed) {
            throw new IllegalStateException("no cache", failed);
        }
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        cache.put(key, value, COPIES, FOR_EVER, false);
        return CompletableFuture.completedFuture(key);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return CompletableFuture.supplyAsync(() -> cache.get(key), waiting);
    }

    @Override
    public int members() {
        return cache.getClusterSize();
    }

    @Override
    public void close() {
        waiting.shutdownNow();
        cache.stop();
    }
}
