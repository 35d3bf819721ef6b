package today.p2p.clusters;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A map of Hazelcast that every member holds. */
final class HazelcastCopy implements Member {
    private final HazelcastInstance instance;
    private final ReplicatedMap<String, byte[]> map;
    private final ExecutorService waiting = Waiting.threads();

    HazelcastCopy(String cluster) {
        instance = Hazelcasts.start(cluster);
        map = instance.getReplicatedMap(Hazelcasts.MAP);
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return CompletableFuture.runAsync(() -> map.put(key, value), waiting);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return CompletableFuture.completedFuture(map.get(key));
    }

    @Override
    public int members() {
        return instance.getCluster().getMembers().size();
    }

    @Override
    public void close() {
        waiting.shutdownNow();
        instance.getLifecycleService().terminate();
    }
}
