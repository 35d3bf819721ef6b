package today.p2p;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import today.p2p.Values.Keys;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Effect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;

/** The map over a replica alone: a monitor in the place of the node's thread, and nobody to send to. */
final class LocalSync extends SyncWrites<String> {
    private static final Time NOW = new Time(0, 1_500_000_000L);

    private final Set<Bytes> sent = new HashSet<>();
    private long calls;

    LocalSync() {
        super(newReplica(), Keys.TEXT);
    }

    private static Replica newReplica() {
        ProtocolId net = ProtocolId.of("sync1", Encryption.PLAINTEXT);
        NodeId id = NodeId.of("local", net, "salt");
        Self self = new Self(id, net, Dialect.UNIVERSAL, new Address("127.0.0.1", 0), List.of());
        return new Replica(self, true, NodeLimits.DEFAULT);
    }

    @Override
    CompletableFuture<Outcome> call(LongFunction<SyncCall> call) {
        synchronized (sent) {
            for (TableEffect effect : replica().called(call.apply(++calls), this::draft, NOW)) {
                if (effect instanceof TableEffect.Perform perform
                        && perform.effect() instanceof Effect.Complete complete) {
                    return CompletableFuture.completedFuture(complete.outcome());
                }
            }
        }
        throw new AssertionError("a call is answered");
    }

    private Optional<Draft> draft(List<Value> payload) {
        long time = NOW.wallSeconds() + calls % 30;
        PackedMessage message = PackedMessage.of(new Message(0, Value.of("x"), time, payload), Limits.DEFAULT);
        return Optional.of(new Draft(time, message));
    }
}
