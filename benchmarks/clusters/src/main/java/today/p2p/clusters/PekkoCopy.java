package today.p2p.clusters;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ddata.DistributedData;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.LWWRegisterKey;
import org.apache.pekko.cluster.ddata.Replicator;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;

/** Distributed Data of Pekko: a register a key, written to all nodes at once. */
final class PekkoCopy implements Member {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Replicator.WriteConsistency ALL = new Replicator.WriteAll(PATIENCE);
    private static final ConcurrentMap<String, org.apache.pekko.actor.Address> FIRST = new ConcurrentHashMap<>();

    private final ActorSystem system;
    private final ActorRef replicator;
    private final SelfUniqueAddress self;

    PekkoCopy(String cluster) {
        system = Pekkos.start(cluster, "cluster");
        Cluster.get(system).join(FIRST.computeIfAbsent(cluster, name -> Pekkos.address(system)));
        replicator = DistributedData.get(system).replicator();
        self = DistributedData.get(system).selfUniqueAddress();
    }

    private static Key<LWWRegister<byte[]>> key(String key) {
        return LWWRegisterKey.create(key);
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        Replicator.Update<LWWRegister<byte[]>> update = new Replicator.Update<>(
                key(key), LWWRegister.create(self, value), ALL, register -> register.withValue(self, value));
        return Patterns.ask(replicator, update, PATIENCE).toCompletableFuture().thenAccept(PekkoCopy::requireSuccess);
    }

    private static void requireSuccess(Object answer) {
        if (!(answer instanceof Replicator.UpdateSuccess<?>)) {
            throw new IllegalStateException("not written: " + answer);
        }
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        Replicator.Get<LWWRegister<byte[]>> get = new Replicator.Get<>(key(key), Replicator.readLocal());
        return Patterns.ask(replicator, get, PATIENCE).toCompletableFuture().thenApply(PekkoCopy::value);
    }

    private static byte @Nullable [] value(Object answer) {
        return answer instanceof Replicator.GetSuccess<?> found && found.dataValue() instanceof LWWRegister<?> register
                ? (byte[]) register.getValue()
                : null;
    }

    @Override
    public int members() {
        int members = 0;
        for (org.apache.pekko.cluster.Member member :
                Cluster.get(system).state().getMembers()) {
            members += member.status().equals(org.apache.pekko.cluster.MemberStatus.up()) ? 1 : 0;
        }
        return members;
    }

    @Override
    public void close() {
        system.terminate();
    }
}
