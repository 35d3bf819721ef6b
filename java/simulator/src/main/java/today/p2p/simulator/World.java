package today.p2p.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.Codec;

/** All that a run consists of: time, chance, network, hosts, trace, and the watchers of its invariants. */
final class World {
    /** The true wall time at the start, in seconds since 1970. */
    static final long WALL = 1_500_000_000L;

    static final ProtocolId MESH = ProtocolId.of("mesh", Encryption.PLAINTEXT);

    /** The codec that simulated nodes may speak; zlib needs no library. */
    static final List<Codec> ZLIB = List.of(Codecs.find(0x13).orElseThrow());

    private final long seed;
    private final RandomGenerator random;
    private final Schedule schedule = new Schedule();
    private final Trace trace;
    private final Network network;
    private final FrameText frames = new FrameText();
    private final BroadcastInvariants broadcasts = new BroadcastInvariants();
    private final LinkInvariants links = new LinkInvariants();
    private final Invariant watch;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<NodeId, Integer> numbers = new TreeMap<>();
    private int lives;
    private int attackers;

    World(long seed, Conditions conditions, Consumer<String> listener) {
        this.seed = seed;
        // Named, so that a seed means the same on every JDK.
        random = newRandom(seed);
        trace = new Trace(schedule::now, listener);
        network = new Network(schedule, random, trace, conditions);
        watch = Invariant.all(broadcasts, links, new PeerInvariants(), new CallInvariants());
    }

    Schedule schedule() {
        return schedule;
    }

    RandomGenerator random() {
        return random;
    }

    Trace trace() {
        return trace;
    }

    Network network() {
        return network;
    }

    Invariant watch() {
        return watch;
    }

    BroadcastInvariants broadcasts() {
        return broadcasts;
    }

    LinkInvariants links() {
        return links;
    }

    List<Host> hosts() {
        return hosts;
    }

    /** A generator of its own for one machine, decided by the seed. */
    RandomGenerator newRandom() {
        return newRandom(random.nextLong());
    }

    int nextLife() {
        return lives++;
    }

    int nextAttacker() {
        return ++attackers;
    }

    Host add(Host.Kind kind) {
        Host host = new Host(this, hosts.size() + 1, kind);
        hosts.add(host);
        numbers.put(host.id(), host.number());
        network.add(host);
        host.start();
        return host;
    }

    Host host(int node) {
        if (node < 1 || node > hosts.size()) {
            throw new IllegalArgumentException("there is no node " + node);
        }
        return hosts.get(node - 1);
    }

    /** The number of the node that has an id; empty when none of ours has it. */
    Optional<Integer> numberOf(NodeId id) {
        return Optional.ofNullable(numbers.get(id));
    }

    /** What a frame says. */
    String text(Bytes frame) {
        return frames.of(frame);
    }

    String nameOf(NodeId id) {
        return numberOf(id)
                .map(number -> "n" + number)
                .orElse("id " + id.text().substring(0, Math.min(8, id.text().length())));
    }

    /** Does something of the run; whatever goes wrong in it becomes a failure with all that helps. */
    boolean guarded(BooleanSupplier act) {
        try {
            return act.getAsBoolean();
        } catch (SimulationFailure.Broken broken) {
            throw failure(broken.id(), String.valueOf(broken.getMessage()), broken);
        } catch (SimulationFailure known) {
            throw known;
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            throw failure("M-7", "a machine threw " + thrown, thrown);
        }
    }

    private SimulationFailure failure(String id, String detail, Throwable cause) {
        return new SimulationFailure(id, trace.time().strip() + " s: " + detail, seed, trace.last(), cause);
    }

    private static RandomGenerator newRandom(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
