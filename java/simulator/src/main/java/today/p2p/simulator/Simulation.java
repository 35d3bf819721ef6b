package today.p2p.simulator;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/**
 * A network of nodes under a virtual clock. One seed decides everything: two runs with the same calls have the
 * same trace. After every event the invariants are checked; one that does not hold ends the run with a {@link
 * SimulationFailure}. Nodes are numbered from 1, times are in nanoseconds. Not thread-safe.
 */
public final class Simulation {
    private final World world;
    private final View view;
    private NodeLimits limits = NodeLimits.DEFAULT;
    private Dialect dialect = Dialect.UNIVERSAL;
    private boolean isCoded;
    private Tables tables = (self, allowed) -> null;

    /** An empty network that keeps its trace to itself. */
    public Simulation(long seed, Conditions conditions) {
        this(seed, conditions, line -> {});
    }

    /** An empty network whose trace goes to {@code listener}, line by line. */
    public Simulation(long seed, Conditions conditions, Consumer<String> listener) {
        world = new World(seed, conditions, listener);
        view = new View(world);
    }

    /** What can be seen of it. */
    public View view() {
        return view;
    }

    /** What the next nodes allow. */
    public void setLimits(NodeLimits newLimits) {
        limits = newLimits;
    }

    /** The limits of the next nodes. */
    public NodeLimits limits() {
        return limits;
    }

    /**
     * How the next nodes speak.
     *
     * @param spoken the dialect of their handshakes; universal at first
     * @param coded whether they speak zlib; without it, as at first, the bytes are the same on every machine
     */
    public void setSpeech(Dialect spoken, boolean coded) {
        dialect = spoken;
        isCoded = coded;
    }

    /** What tables the next nodes hold; none at first. */
    public void setTables(Tables made) {
        tables = made;
    }

    /** What the network is like for connections dialled from now on. */
    public void setConditions(Conditions conditions) {
        world.network().set(conditions);
    }

    /** What the network is like. */
    public Conditions conditions() {
        return world.network().conditions();
    }

    /** Starts one more node; its number. */
    public int add() {
        return world.add(new Host.Kind(limits, dialect, isCoded ? World.ZLIB : List.of(), tables))
                .number();
    }

    /**
     * Lets so much virtual time pass.
     *
     * @throws SimulationFailure when an invariant does not hold, or a machine throws
     */
    public void run(long nanos) {
        long until = world.schedule().now() + nanos;
        boolean isMore = true;
        while (isMore) {
            isMore = world.guarded(() -> world.schedule().step(until));
        }
    }

    /** Has a node dial another one; the number of the call. */
    public long connect(int node, int other) {
        Address address = world.host(other).address();
        return call(node, number -> new Call.Connect(number, address));
    }

    /** Has a node broadcast a text; the number of the call. */
    public long broadcast(int node, String text) {
        List<Value> payload = List.of(Value.of(text));
        return call(node, number -> new Call.Broadcast(number, Opcode.BROADCAST.number(), payload));
    }

    /** Has a node whisper a text, looking for the other one if need be; the number of the call. */
    public long whisper(int node, int to, String text) {
        Bytes id = world.host(to).id().bytes();
        List<Value> payload = List.of(Value.of(text));
        return call(node, number -> new Call.Whisper(number, id, Opcode.WHISPER.number(), payload, true));
    }

    /** Parts of the network no longer reach each other; what was sent waits. Whoever is in no part reaches all. */
    public void partition(List<List<Integer>> parts) {
        world.trace().line("net", "partition " + parts);
        world.network()
                .partition(parts.stream()
                        .map(part -> part.stream().map(world::host).toList())
                        .toList());
    }

    /** All parts reach each other again. */
    public void heal() {
        world.trace().line("net", "heal");
        world.network().heal();
    }

    /** Bytes from one node to another no longer arrive, or arrive again. */
    public void stall(int from, int to, boolean isStalled) {
        world.trace().line("net", (isStalled ? "stall n" : "resume n") + from + " -> n" + to);
        Host sender = world.host(from);
        world.network()
                .between(sender, world.host(to))
                .forEach(one -> one.stall(one.resident(0) == sender ? 0 : 1, isStalled));
    }

    /** The connections between two nodes break. */
    public void reset(int one, int other) {
        world.trace().line("net", "reset n" + one + " n" + other);
        world.network().between(world.host(one), world.host(other)).forEach(Connection::reset);
    }

    /** A machine loses its power: nobody hears of it. */
    public void crash(int node) {
        world.trace().line(world.host(node).name(), "crashes");
        world.host(node).crash(true);
    }

    /** A process is killed: its connections end. */
    public void kill(int node) {
        world.trace().line(world.host(node).name(), "is killed");
        world.host(node).crash(false);
    }

    /** Starts a node again that has crashed, with its id and without its memory. */
    public void restart(int node) {
        if (!world.host(node).isUp()) {
            world.trace().line(world.host(node).name(), "starts");
            world.host(node).start();
        }
    }

    /** Sets a node's wall clock so many nanoseconds ahead of the true time, or behind it. */
    public void skew(int node, long nanos) {
        world.trace().line(world.host(node).name(), "has its clock off by " + nanos / 1_000_000 + " ms");
        world.host(node).setAhead(nanos);
    }

    /** Sends a hostile peer against a node. */
    public void attack(Attack attack, int node) {
        new Attacker(world, attack, world.host(node)).begin();
    }

    /** Has a node's application ask for anything; the number of the call, with which {@code made} makes it. */
    public long call(int node, LongFunction<? extends Call> made) {
        Host host = world.host(node);
        long[] number = new long[1];
        world.guarded(() -> {
            number[0] = host.call(made);
            return true;
        });
        return number[0];
    }

    /** A generator of its own for whatever takes part, decided by the seed. */
    public RandomGenerator newRandom() {
        return world.newRandom();
    }

    /** Makes the table that a node holds, anew for each of its lives. */
    @FunctionalInterface
    public interface Tables {
        /** The table of the node that is {@code self}; null for none. */
        @Nullable
        Table make(Self self, NodeLimits limits);
    }
}
