package today.p2p.clusters;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A map of Hazelcast of which five members hold each key. */
final class HazelcastShare implements Member {
    private final HazelcastInstance instance;
    private final IMap<String, byte[]> map;

    HazelcastShare(String cluster) {
        instance = Hazelcasts.start(cluster);
        map = instance.getMap(Hazelcasts.MAP);
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        return map.setAsync(key, value).toCompletableFuture();
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return map.getAsync(key).toCompletableFuture();
    }

    @Override
    public int members() {
        return instance.getCluster().getMembers().size();
    }

    @Override
    public void close() {
        instance.getLifecycleService().terminate();
    }
}
