package today.p2p.simulator.ring;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import today.p2p.chord.ChordCall;
import today.p2p.chord.ChordOutcome;
import today.p2p.chord.ChordStats;
import today.p2p.chord.Share;
import today.p2p.ids.NodeId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.simulator.Simulation;

/** The Chord Tables of a simulation: who holds a share, what is written, and what reads say. Not thread-safe. */
public final class Rings {
    private final Simulation simulation;
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final Map<Integer, BigInteger> places = new TreeMap<>();
    private final Map<Integer, WatchedShare> shares = new TreeMap<>();
    private final Map<Integer, Long> lastCalls = new HashMap<>();

    /** None yet. */
    public Rings(Simulation simulation) {
        this.simulation = simulation;
    }

    /**
     * The next nodes hold a share; each of their lives an empty one.
     *
     * @param isJudged whether the invariants of each are looked at after every event
     */
    public void hold(boolean isJudged) {
        simulation.setTables((self, limits) -> make(self, limits, isJudged));
    }

    private Table make(Self self, NodeLimits limits, boolean isJudged) {
        // A node is counted before it starts, and keeps its id in all its lives.
        int node = numbers.computeIfAbsent(self.id(), id -> simulation.view().nodes());
        places.put(node, self.id().number());
        WatchedShare share = new WatchedShare("n" + node, self, limits, simulation.newRandom(), isJudged);
        shares.put(node, share);
        return share;
    }

    /** Has a node take its place on the ring; the number of the call, as of all that follow. */
    public long join(int node) {
        return call(node, ChordCall.Join::new);
    }

    /** Has a node hand over what it holds, and give up its place. */
    public long leave(int node) {
        return call(node, ChordCall.Leave::new);
    }

    /** Sets a key, or deletes it with nil; {@code isConfirmed} says whether the call ends with a read of it. */
    public long put(int node, String key, Value value, boolean isConfirmed) {
        return call(node, number -> new ChordCall.Put(number, Bytes.ofUtf8(key), value, isConfirmed));
    }

    /** Merges a map into a key. */
    public long merge(int node, String key, Value.Map delta) {
        return call(node, number -> new ChordCall.Merge(number, Bytes.ofUtf8(key), delta));
    }

    /** Reads a key. */
    public long get(int node, String key) {
        return call(node, number -> new ChordCall.Get(number, Bytes.ofUtf8(key)));
    }

    private long call(int node, LongFunction<? extends ChordCall> made) {
        long number = simulation.call(node, made);
        lastCalls.put(node, number);
        return number;
    }

    /** How a call has ended; empty while it has not, and when the node has been restarted since. */
    public Optional<Outcome> outcome(int node, long call) {
        return share(node).outcome(call);
    }

    /** How the newest call of a node has ended; empty while it has not. */
    public Optional<Outcome> lastOutcome(int node) {
        Long call = lastCalls.get(node);
        return call == null ? Optional.empty() : outcome(node, call);
    }

    /** What a read has found; empty for anything else. */
    public static Optional<Value> found(Optional<Outcome> outcome) {
        return outcome.flatMap(
                ended -> ended instanceof ChordOutcome.Found found ? Optional.of(found.value()) : Optional.empty());
    }

    /** Figures of a node. */
    public ChordStats stats(int node) {
        return share(node).share().stats();
    }

    /** The keys that were announced to a node. */
    public List<String> keys(int node) {
        return share(node).share().keys().stream().map(Bytes::utf8).toList();
    }

    /** The nodes that run and have joined. */
    public List<Integer> joined() {
        return IntStream.rangeClosed(1, simulation.view().nodes())
                .filter(node -> simulation.view().isUp(node) && shares.containsKey(node))
                .filter(node -> share(node).share().isJoined())
                .boxed()
                .toList();
    }

    /** The number of the node that is responsible for each position of a key, of all that run and have joined. */
    public List<Integer> owners(String key) {
        Truth truth = truth();
        return Spot.all(Bytes.ofUtf8(key)).stream()
                .map(spot -> truth.behind(spot.number()).get(0))
                .toList();
    }

    /**
     * What is not as it is to be when nothing happens any more: a joined node without a link to one of its nearest, a
     * position without its owner or a copy, or with two values. Empty when all is as it is to be.
     */
    public Optional<String> flaw() {
        return truth().flaw();
    }

    /** At how many of the positions of these keys no running joined node holds anything. */
    public int lost(Iterable<String> keys) {
        return truth().lost(keys);
    }

    /** How many different values the owners of the positions of a key hold. */
    public int values(String key) {
        return truth().values(key);
    }

    private Truth truth() {
        Map<Integer, Truth.Seat> seats = new LinkedHashMap<>();
        for (int node : joined()) {
            seats.put(node, new Truth.Seat(place(node), simulation.view().peers(node), held(node)));
        }
        return new Truth(seats);
    }

    private BigInteger place(int node) {
        BigInteger place = places.get(node);
        return place == null ? BigInteger.ZERO : place;
    }

    private Map<Spot, Value> held(int node) {
        Map<Spot, Value> held = new LinkedHashMap<>();
        for (Share.Held one : share(node).share().held()) {
            held.put(Spot.of(one), one.value());
        }
        return held;
    }

    private WatchedShare share(int node) {
        WatchedShare share = shares.get(node);
        if (share == null) {
            throw new IllegalArgumentException("n" + node + " holds no share");
        }
        return share;
    }
}
