package today.p2p.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.serializer.Codec;

/** A machine of the network with its clocks, the node that runs on it or does not, and its application. */
final class Host implements Network.Resident {
    private final World world;
    private final int number;
    private final Self self;
    private final Kind kind;
    private final Application application;
    private final long origin;
    private long aheadNanos;
    private long nextCall = 1;
    private @Nullable Incarnation life;
    private boolean isSilent;

    Host(World world, int number, Kind kind) {
        this.world = world;
        this.number = number;
        this.kind = kind;
        application = new Application(world, this);
        NodeId id = NodeId.of("node " + number, World.MESH, "salt");
        self = new Self(id, World.MESH, kind.dialect, addressOf(number), kind.codecs);
        // Every machine counts from a moment of its own.
        origin = world.random().nextLong(Long.MAX_VALUE) - Long.MAX_VALUE / 2;
    }

    /** The address of the node with that number: a public one, where nobody lives in earnest. */
    private static Address addressOf(int number) {
        return new Address("11." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff), 4444);
    }

    World world() {
        return world;
    }

    Schedule schedule() {
        return world.network().schedule();
    }

    int number() {
        return number;
    }

    NodeId id() {
        return self.id();
    }

    @Override
    public String name() {
        return "n" + number;
    }

    @Override
    public Address address() {
        return self.address();
    }

    @Override
    public boolean isUp() {
        return life != null;
    }

    @Override
    public boolean isSilent() {
        return isSilent;
    }

    @Override
    public void accept(Connection connection, Address remote) {
        if (life != null) {
            life.accept(connection, remote);
        }
    }

    /** What uses the node. */
    Application application() {
        return application;
    }

    /** The life of the moment; empty between a crash and a restart. */
    Optional<Incarnation> life() {
        return Optional.ofNullable(life);
    }

    /** The time as this machine has it. */
    Time now() {
        long wall = World.WALL * Time.SECOND + schedule().now() + aheadNanos;
        return new Time(schedule().now() + origin, Math.floorDiv(wall, Time.SECOND));
    }

    /** The virtual time of a moment of this machine's monotonic clock. */
    long virtual(long nanos) {
        return nanos - origin;
    }

    /** Sets the wall clock so far ahead of the true time, or behind it. */
    void setAhead(long nanos) {
        aheadNanos = nanos;
    }

    void start() {
        isSilent = false;
        life = new Incarnation(this, self, kind.limits, kind.tables.make(self, kind.limits), world.nextLife());
    }

    /** Ends the node without a word to anybody: without power, or only the process. */
    void crash(boolean silently) {
        if (life != null) {
            Incarnation ended = life;
            life = null;
            isSilent = silently;
            ended.end(silently);
        }
    }

    /** Whether there is an open link to that node. */
    boolean isPeer(NodeId id) {
        return life != null
                && life.node().peers().stream()
                        .anyMatch(peer -> peer.info().id().equals(id));
    }

    /** Has the application ask for something, if the node runs; the number of the call. */
    long call(LongFunction<? extends Call> made) {
        Call call = made.apply(nextCall++);
        if (life != null) {
            life.call(call);
        }
        return call.number();
    }

    /** What the nodes of a host are like. */
    record Kind(NodeLimits limits, Dialect dialect, List<Codec> codecs, Simulation.Tables tables) {}
}
