package today.p2p.simulator;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.CloseReason.Cause;
import today.p2p.kernel.LinkId;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.LinkState;
import today.p2p.serializer.PackedMessage;

/** One end of a connection with the link stage of a node on it. */
final class LinkEnd implements End {
    private final Incarnation owner;
    private final Connection connection;
    private final int side;
    private final LinkId id;
    private final long number;
    private final Intake intake;
    private final Link link;
    private final Alarm alarm;
    private boolean isGone;

    LinkEnd(Incarnation owner, LinkId id, Connection connection, int side) {
        this.owner = owner;
        this.id = id;
        this.connection = connection;
        this.side = side;
        number = connection.number() * 2 + side;
        intake = owner.newIntake();
        link = new Link(id, owner.self(), owner.limits(), owner.budget(), intake, owner.now());
        alarm = new Alarm(owner.host(), this::deadline, this::tick);
    }

    LinkId id() {
        return id;
    }

    /** A number that no other end of the run has. */
    long number() {
        return number;
    }

    LinkState state() {
        return link.state();
    }

    Link link() {
        return link;
    }

    /** Bytes that wait in the connection; a broken one has lost them, which the link does not know yet. */
    long waitingBytes() {
        return connection.isBroken() ? link.queuedBytes() : connection.waitingBytes(side);
    }

    /** Who is at the other end, as the simulator knows it. */
    Network.Resident remote() {
        return connection.resident(1 - side);
    }

    boolean isDialled() {
        return side == 0;
    }

    @Override
    public String name() {
        return owner.host().name();
    }

    void start(Address remote, OptionalLong dial) {
        connection.attach(side, this);
        after(link.start(remote, dial, owner.now()));
    }

    void send(PackedMessage message, boolean isRepeatable) {
        perform(link.send(message, isRepeatable, owner.now()));
    }

    /** The node wants to hear when little waits here. */
    void askRoom() {
        perform(link.askRoom());
    }

    void close(CloseReason reason) {
        perform(link.close(reason));
    }

    /** What came before is handled: reads on, if it waited for that. */
    void handled(long bytes) {
        intake.handled(bytes);
        if (!isGone && link.isHeld() && intake.isLow()) {
            perform(link.resume(owner.now()));
        }
    }

    /** The machine under it is gone. */
    void vanish() {
        isGone = true;
        connection.vanish(side);
    }

    /** The process under it is gone. */
    void reset() {
        isGone = true;
        connection.shut(side, false);
    }

    @Override
    public boolean takesBytes() {
        return link.takesBytes();
    }

    @Override
    public void bytes(ByteBuffer chunk) {
        after(link.received(chunk, owner.now()));
    }

    @Override
    public void written(long bytes) {
        after(link.written(bytes, owner.now()));
    }

    @Override
    public void ended(String why) {
        after(link.ended(CloseReason.because(Cause.REMOTE, why)));
    }

    private OptionalLong deadline() {
        return isGone ? OptionalLong.empty() : link.deadline();
    }

    private void tick() {
        after(link.tick(owner.now()));
        connection.read(side);
    }

    private void after(List<LinkOutput> outputs) {
        perform(outputs);
        owner.settle();
    }

    private void perform(List<LinkOutput> outputs) {
        for (LinkOutput output : outputs) {
            if (output instanceof LinkOutput.Write write) {
                String label = owner.host().world().text(write.frame());
                owner.trace(">> " + remote().name() + " " + label);
                connection.write(side, write.frame(), label);
            } else if (output instanceof LinkOutput.Tell tell) {
                owner.tell(this, tell.event());
            } else if (output instanceof LinkOutput.Shut shut) {
                connection.shut(side, shut.reason().cause() == Cause.LOCAL);
            }
        }
        alarm.set();
        if (intake.takeFreed()) {
            owner.hasFreed();
        }
    }
}
