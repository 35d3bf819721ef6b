package today.p2p.clusters;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jgroups.JChannel;
import org.jgroups.blocks.ReplicatedHashMap;
import org.jspecify.annotations.Nullable;

/** A map of JGroups that every member holds. */
final class JGroupsCopy implements Member {
    static final String STACK = Objects.requireNonNull(JGroupsCopy.class.getResource("jgroups.xml"), "jgroups.xml")
            .toString();

    private final JChannel channel;
    private final ReplicatedHashMap<String, byte[]> map;

    JGroupsCopy(String cluster) {
        try {
            channel = new JChannel(STACK);
            map = new ReplicatedHashMap<>(channel);
            map.setBlockingUpdates(false);
            channel.connect(cluster);
            map.start(10_000);
        } catch (Exception failed) {
            throw new IllegalStateException("no channel", failed);
        }
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        map.put(key, value);
        return CompletableFuture.completedFuture(key);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return CompletableFuture.completedFuture(map.get(key));
    }

    @Override
    public int members() {
        return channel.getView().size();
    }

    @Override
    public void close() {
        channel.close();
    }
}
