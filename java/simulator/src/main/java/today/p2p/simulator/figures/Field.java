package today.p2p.simulator.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.simulator.Conditions;
import today.p2p.simulator.Simulation;
import today.p2p.simulator.ring.Rings;

/**
 * A ring of so many joined nodes with so many keys in it, from real handshakes on: 20 ms to 80 ms from node to node,
 * each node came by one that was there. Key lists take one key, so that announcements, a broadcast for each new key,
 * are not part of what is measured.
 */
final class Field {
    static final long MILLISECOND = Time.SECOND / 1000;

    final RandomGenerator random;
    final Simulation simulation;
    final Rings rings;
    final List<String> keys = new ArrayList<>();

    Field(long seed, int nodes, int keyCount) {
        this(seed, nodes, keyCount, line -> {});
    }

    /** The trace goes to {@code listener}. */
    Field(long seed, int nodes, int keyCount, Consumer<String> listener) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + nodes);
        simulation = new Simulation(seed, Conditions.QUIET.withDelay(20 * MILLISECOND, 60 * MILLISECOND), listener);
        simulation.setLimits(NodeLimits.DEFAULT.with(Limit.MAX_KEYS, 1));
        rings = new Rings(simulation);
        rings.hold(false);
        for (int node = 1; node <= nodes; node++) {
            simulation.add();
            if (node > 1) {
                simulation.connect(node, 1 + random.nextInt(node - 1));
            }
            simulation.run(500 * MILLISECOND);
            rings.join(node);
        }
        for (int key = 1; key <= keyCount; key++) {
            keys.add("key " + key);
            rings.put(1 + random.nextInt(nodes), "key " + key, Value.of(key), false);
            simulation.run(10 * MILLISECOND);
        }
        whole(600 * Time.SECOND);
        // Two rounds of upkeep, so that every link has been pinged (CRD-34).
        simulation.run(12 * Time.SECOND);
    }

    /** Lets time pass until the ring is as it is to be; how long that took, empty when it took longer than allowed. */
    OptionalLong whole(long atMost) {
        long begin = simulation.view().now();
        long step = 250 * MILLISECOND;
        while (rings.flaw().isPresent()) {
            if (simulation.view().now() - begin > atMost) {
                return OptionalLong.empty();
            }
            simulation.run(step);
        }
        return OptionalLong.of(simulation.view().now() - begin);
    }

    /** What stands at a key. */
    static Value value(String key) {
        return Value.of(Integer.parseInt(key.substring(4)));
    }

    /** A node that runs and has joined. */
    int joined() {
        List<Integer> joined = rings.joined();
        return joined.get(random.nextInt(joined.size()));
    }

    /** Ends a node: its process, or without a word its machine. */
    void crash(int node, boolean isSilent) {
        if (isSilent) {
            simulation.crash(node);
        } else {
            simulation.kill(node);
        }
    }

    /** Reads all keys, each from a node by chance; how many were right after so long. */
    int readable(long after) {
        List<Integer> readers = new ArrayList<>();
        List<Long> calls = new ArrayList<>();
        for (String key : keys) {
            int reader = joined();
            readers.add(reader);
            calls.add(rings.get(reader, key));
        }
        simulation.run(after);
        int right = 0;
        for (int key = 0; key < keys.size(); key++) {
            Optional<Value> found = Rings.found(rings.outcome(readers.get(key), calls.get(key)));
            right += found.equals(Optional.of(value(keys.get(key)))) ? 1 : 0;
        }
        return right;
    }
}
