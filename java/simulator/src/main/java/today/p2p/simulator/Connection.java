package today.p2p.simulator;

import org.jspecify.annotations.Nullable;
import today.p2p.msgpack.Bytes;

/** Two lanes and what sits at their ends; side 0 dialled. */
final class Connection {
    /** Linux gives up a connection that nobody acknowledges after about a quarter of an hour. */
    private static final long GIVE_UP = 900L * 1_000_000_000L;

    private final Network network;
    private final Network.Resident[] residents;
    private final @Nullable End[] ends = new @Nullable End[2];
    private final Lane[] lanes = new Lane[2];
    private final boolean[] isSilent = new boolean[2];
    private final long number;
    private boolean isEstablished;
    private boolean isBroken;

    Connection(Network network, long number, Network.Resident dialler, Network.Resident other, long upAt) {
        this.network = network;
        this.number = number;
        residents = new Network.Resident[] {dialler, other};
        lanes[0] = new Lane(this, 0, network, upAt);
        lanes[1] = new Lane(this, 1, network, upAt);
    }

    long number() {
        return number;
    }

    /** Puts an end in its place. */
    void attach(int side, End end) {
        ends[side] = end;
        isEstablished |= side == 0;
    }

    /** Whether nobody is left at it. */
    boolean isOver() {
        return isEstablished && ends[0] == null && ends[1] == null;
    }

    @Nullable
    End end(int side) {
        return ends[side];
    }

    String name(int side) {
        return residents[side].name();
    }

    Network.Resident resident(int side) {
        return residents[side];
    }

    boolean joins(Network.Resident one, Network.Resident other) {
        return (residents[0] == one && residents[1] == other) || (residents[0] == other && residents[1] == one);
    }

    /** Whether it broke, which its ends may not know yet. */
    boolean isBroken() {
        return isBroken;
    }

    boolean isCut() {
        return network.isCut(residents[0], residents[1]);
    }

    /** Sends from one side to the other. */
    void write(int from, Bytes bytes, String label) {
        lanes[1 - from].write(bytes, label);
    }

    /** Bytes of one side that have not left. */
    long waitingBytes(int from) {
        return lanes[1 - from].waitingBytes();
    }

    /** Hands over what waits for one side, now that it may take it. */
    void read(int side) {
        lanes[side].deliver();
    }

    /** One side closes: after what it wrote, or at once. */
    void shut(int side, boolean flush) {
        ends[side] = null;
        lanes[1 - side].end(flush);
        network.forget(this);
    }

    /** One side is told that the connection is gone. */
    void lose(int side, String why) {
        End end = ends[side];
        ends[side] = null;
        lanes[1 - side].drop();
        network.forget(this);
        if (end != null) {
            end.ended(why);
        }
    }

    /** The connection breaks: both sides hear of it, each in its own time. */
    void reset() {
        isBroken = true;
        for (int side = 0; side < 2; side++) {
            int told = side;
            lanes[side].drop();
            network.schedule().in(network.delay(), () -> lose(told, "connection reset"));
        }
    }

    /** One side is gone without a word: its machine has no power. */
    void vanish(int side) {
        ends[side] = null;
        isEstablished |= side == 0;
        isSilent[side] = true;
        lanes[1 - side].drop();
        network.forget(this);
    }

    /** Bytes have come to a machine: one that was restarted since knows nothing of the connection. */
    void reached(int side) {
        if (!isSilent[side]) {
            return;
        }
        boolean answers = residents[side].isUp();
        network.schedule()
                .in(answers ? network.delay() : GIVE_UP, () -> lose(1 - side, answers ? "reset" : "no answer"));
    }

    /** In one direction, nothing arrives until it is told otherwise. */
    void stall(int from, boolean stalled) {
        lanes[1 - from].stall(stalled);
    }

    /** What was held back comes now. */
    void wake() {
        lanes[0].wake();
        lanes[1].wake();
    }
}
