package today.p2p.simulator.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.simulator.Simulation;
import today.p2p.sync.Refusal;
import today.p2p.sync.Replica;
import today.p2p.sync.SyncCall;
import today.p2p.sync.TableEntry;

/** The tables of a simulation: who holds one, what is written, and what can be read. Not thread-safe. */
public final class Tables {
    private final Simulation simulation;
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final Map<Integer, Replica> replicas = new HashMap<>();
    private final Map<Bytes, Integer> byId = new HashMap<>();

    /** None yet. */
    public Tables(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The next nodes hold a table, with leases or without; each of their lives an empty one. */
    public void hold(boolean leasing) {
        simulation.setTables((self, limits) -> make(self, leasing, limits));
    }

    private Table make(Self self, boolean leasing, NodeLimits limits) {
        // A node is counted before it starts, and keeps its id in all its lives.
        int node = numbers.computeIfAbsent(self.id(), id -> simulation.view().nodes());
        byId.put(self.id().bytes(), node);
        WatchedReplica table = new WatchedReplica("n" + node, self, leasing, limits);
        replicas.put(node, table.replica());
        return table;
    }

    /** Sets a key, or deletes it with nil; the number of the call. */
    public long put(int node, String key, Value value) {
        return simulation.call(
                node, number -> new SyncCall.Put(number, Bytes.ofUtf8(key), value, SyncCall.Expected.ANY));
    }

    /** Merges a map into a key; the number of the call. */
    public long merge(int node, String key, Value.Map delta) {
        return simulation.call(node, number -> new SyncCall.Merge(number, Bytes.ofUtf8(key), delta));
    }

    /** What a node holds for a key. */
    public Optional<TableEntry> entry(int node, String key) {
        return replica(node).entry(Bytes.ofUtf8(key));
    }

    /** How many keys a node holds. */
    public int size(int node) {
        return replica(node).size();
    }

    /** Whether a node has all entries of a peer. */
    public boolean isReady(int node) {
        return replica(node).isReady();
    }

    /** How often a node has not done something, and why. */
    public long refused(int node, Refusal why) {
        return replica(node).stats().refused().getOrDefault(why, 0L);
    }

    /** The number of the node that owns an entry; empty when none of ours does. */
    public Optional<Integer> owner(TableEntry entry) {
        return Optional.ofNullable(byId.get(entry.owner().bytes()));
    }

    /** The first key at which two nodes differ in value, owner or time; empty when they hold the same. */
    public Optional<String> difference(int node, int other) {
        Map<Bytes, TableEntry> left = replica(node).entries();
        Map<Bytes, TableEntry> right = replica(other).entries();
        return List.of(left, right).stream()
                .flatMap(entries -> entries.keySet().stream())
                .filter(key -> !isSame(left.get(key), right.get(key)))
                .findFirst()
                .map(Bytes::utf8);
    }

    private static boolean isSame(@Nullable TableEntry one, @Nullable TableEntry other) {
        return one != null
                && other != null
                && one.value().equals(other.value())
                && one.owner().bytes().equals(other.owner().bytes())
                && one.time() == other.time();
    }

    private Replica replica(int node) {
        Replica replica = replicas.get(node);
        if (replica == null) {
            throw new IllegalArgumentException("n" + node + " holds no table");
        }
        return replica;
    }
}
