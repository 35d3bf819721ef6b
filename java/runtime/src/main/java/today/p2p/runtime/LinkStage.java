package today.p2p.runtime;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.LinkState;
import today.p2p.mesh.HostGroup;
import today.p2p.runtime.turns.Inbox;
import today.p2p.runtime.turns.Turns;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.PackedMessage;

/**
 * The link stage of one connection: runs its {@link Link} on the connection's thread and performs what comes
 * out. {@link #send} is for the thread of the node stage, {@link #close} and {@link #handled} are for any.
 */
final class LinkStage implements Wire.Events {
    private static final CloseReason DEFECT = CloseReason.because(CloseReason.Cause.LOCAL, "a defect of the runtime");

    private static final AtomicIntegerFieldUpdater<LinkStage> RESUMING =
            AtomicIntegerFieldUpdater.newUpdater(LinkStage.class, "isResuming");

    private static final AtomicLongFieldUpdater<LinkStage> ON_THE_WAY =
            AtomicLongFieldUpdater.newUpdater(LinkStage.class, "onTheWay");

    private final LinkId id;
    private final OptionalLong dial;
    private final LinkTable links;
    private final Intake intake;
    private volatile long onTheWay;
    private volatile int isResuming;
    private volatile Turns.Lane lane = new Turns.Lane(new Turns.Host());
    private volatile @Nullable HostGroup host;
    private volatile long queued;
    private volatile boolean isHeld;
    private volatile boolean lags;
    private volatile boolean isDown;
    private volatile long roomFrom = -1;
    private volatile @Nullable CloseReason closing;
    private volatile @Nullable Running running;

    LinkStage(LinkId id, OptionalLong dial, LinkTable links) {
        this.id = id;
        this.dial = dial;
        this.links = links;
        intake = links.newIntake();
    }

    LinkId id() {
        return id;
    }

    OptionalLong dial() {
        return dial;
    }

    /** Where the other end is, once there is a connection. */
    Optional<HostGroup> host() {
        return Optional.ofNullable(host);
    }

    /** What waits of this link for the node stage. */
    Turns.Lane lane() {
        return lane;
    }

    /**
     * Whether so little waits of what was given to {@link #send} that a message of so many bytes may be added, or
     * the link lags behind anyway. If not, the node stage is told when it is so.
     */
    boolean hasRoomFor(long bytes) {
        long most = Math.max(0, links.pace(queued) - bytes);
        if (lags || waiting() <= most) {
            return true;
        }
        roomFrom = most;
        // It may have become so before it was marked.
        return waiting() <= most;
    }

    /** Whether its queue is not waited for until it has room again. */
    void lags(boolean doesLag) {
        lags = doesLag;
    }

    private long waiting() {
        // What is given to a link that is down is dropped.
        return isDown ? 0 : onTheWay + queued;
    }

    @Override
    public void up(Wire wire) {
        LinkTable.Host its = links.opened(this, HostGroup.of(wire.remote().host()));
        host = its.group();
        lane = new Turns.Lane(its.turns());
        Running now = new Running(wire, its);
        running = now;
        now.perform(time -> now.link.start(wire.remote(), dial, time));
        CloseReason early = closing;
        if (early != null) {
            now.perform(time -> now.link.close(early));
        }
    }

    @Override
    public void received(ByteBuffer chunk) {
        with(now -> {
            links.counters().bytesIn(chunk.remaining());
            now.perform(time -> now.link.received(chunk, time));
        });
    }

    @Override
    public void written(long bytes) {
        with(now -> {
            links.counters().bytesOut(bytes);
            now.perform(time -> now.link.written(bytes, time));
        });
    }

    @Override
    public void down(CloseReason reason) {
        Running now = running;
        if (now == null) {
            links.notDialled(this, reason);
        } else {
            now.perform(time -> now.link.ended(reason));
        }
    }

    /**
     * Sends a message after those that were given before, at once when this is the thread of the link too; nothing
     * happens when the link is not open by then.
     *
     * @param mayBeLate whether it may wait a while for others
     */
    void send(PackedMessage message, boolean isRepeatable, boolean mayBeLate) {
        Running now = running;
        if (now == null) {
            return;
        }
        if (!mayBeLate && now.mayAtOnce(message)) {
            links.copies().made();
            now.send(message, isRepeatable);
            return;
        }
        Copy copy = new Copy(now, message, isRepeatable, mayBeLate);
        ON_THE_WAY.addAndGet(LinkStage.this, copy.bytes());
        links.copies().begun(mayBeLate);
        if (mayBeLate) {
            now.inbox.addAsleep(copy);
            now.gather();
        } else {
            now.inbox.addUntilTrue(copy);
        }
    }

    /** Closes the link after what was sent before; as soon as it is there, when it is not yet. */
    void close(CloseReason reason) {
        closing = reason;
        with(now -> now.inbox.add(() -> now.perform(time -> now.link.close(reason))));
    }

    /** Tells the node {@link Event.Room} as soon as little waits of what was sent before. */
    void askRoom() {
        with(now -> now.inbox.add(() -> now.perform(time -> now.link.askRoom())));
    }

    /** The node and the application are done with a message that counted so many bytes. */
    void handled(long bytes) {
        intake.handled(bytes);
        resumeIfLow();
    }

    /** Reads on, if it was held and need not be. */
    void resumeIfLow() {
        if (isHeld && intake.isLow() && RESUMING.compareAndSet(this, 0, 1)) {
            with(now -> now.wire.loop().execute(() -> {
                isResuming = 0;
                now.perform(now.link::resume);
            }));
        }
    }

    private void with(Consumer<Running> action) {
        Running now = running;
        if (now != null) {
            action.accept(now);
        }
    }

    /** A message on its way to the thread of its link. */
    private final class Copy implements Inbox.Task {
        private final Running to;
        private final PackedMessage message;
        private final boolean isRepeatable;
        private final boolean isLate;

        Copy(Running to, PackedMessage message, boolean isRepeatable, boolean isLate) {
            this.to = to;
            this.message = message;
            this.isRepeatable = isRepeatable;
            this.isLate = isLate;
        }

        long bytes() {
            return message.bare().length();
        }

        @Override
        public boolean isDone() {
            return to.send(this);
        }

        @Override
        public void dropped() {
            ended();
        }

        void ended() {
            ON_THE_WAY.addAndGet(LinkStage.this, -bytes());
            links.copies().ended(isLate);
        }
    }

    /** What there is once the connection is; on its thread, but for what says otherwise. */
    private final class Running implements Runnable {
        private final Wire wire;
        private final LinkTable.Host host;
        private final Link link;
        private final Alarm alarm;
        private final Inbox inbox;
        private boolean reads = true;
        /** Of the thread of the node stage alone. */
        private boolean gathers;

        private int told;
        private boolean isPerforming;

        Running(Wire wire, LinkTable.Host host) {
            this.wire = wire;
            this.host = host;
            link = links.newLink(id, intake, host);
            alarm = new Alarm(wire.loop(), links.clock(), this);
            inbox = new Inbox(wire.loop(), links.faults());
        }

        /** Its deadline has come. */
        @Override
        public void run() {
            perform(link::tick);
        }

        void gather() {
            if (!gathers) {
                gathers = true;
                links.copies().ferry().callAt(inbox, () -> gathers = false);
            }
        }

        /** Whether the message was dealt with; not yet, while another thread is compressing it. */
        boolean send(Copy copy) {
            Codec codec = link.sendingCodec().orElse(null);
            if (!links.copies().isReady(copy.message, codec, inbox::wake)) {
                return false;
            }
            copy.ended();
            send(copy.message, copy.isRepeatable);
            return true;
        }

        /** Whether this is the thread, nothing is before the message, and nobody has to compress it. */
        boolean mayAtOnce(PackedMessage message) {
            return wire.loop().isCurrent()
                    && inbox.isEmpty()
                    && message.isCoded(link.sendingCodec().orElse(null));
        }

        void send(PackedMessage message, boolean isRepeatable) {
            perform(time -> link.send(message, isRepeatable, time));
            links.counters().sent();
        }

        void perform(Function<Time, List<LinkOutput>> step) {
            boolean isWithin = isPerforming;
            isPerforming = true;
            try {
                performOutputs(step);
            } finally {
                isPerforming = isWithin;
                if (told > 0 && !isWithin) {
                    int events = told;
                    told = 0;
                    // Last, since the node may handle them here and now, and send on this link.
                    links.node().told(events);
                }
            }
        }

        private void performOutputs(Function<Time, List<LinkOutput>> step) {
            for (LinkOutput output : step.apply(links.clock().get())) {
                if (output instanceof LinkOutput.Write write) {
                    wire.write(write.frame());
                } else if (output instanceof LinkOutput.Shut shut) {
                    shut(shut.reason());
                } else if (output instanceof LinkOutput.Tell tell) {
                    tell(tell.event());
                } else if (output instanceof LinkOutput.ReadApart apart) {
                    host.largeFrames().read(apart.frame(), () -> !isDown, this::readApart);
                }
            }
            settle();
        }

        private void readApart(Optional<Decoded> read) {
            wire.loop()
                    .execute(() -> perform(time ->
                            read.map(known -> link.readApart(known, time)).orElseGet(() -> link.close(DEFECT))));
        }

        private void shut(CloseReason reason) {
            // What the node closes it for is not what was said on this link (MSH-6).
            if (reason.cause() == CloseReason.Cause.RULE && closing == null) {
                wire.fault();
            }
            wire.shut(reason.cause() == CloseReason.Cause.LOCAL);
        }

        private void tell(Event event) {
            if (event instanceof Event.LinkDown) {
                inbox.stop();
                isDown = true;
            }
            told += links.node().tell(LinkStage.this, event) ? 1 : 0;
        }

        void settle() {
            queued = link.queuedBytes();
            if (waiting() <= roomFrom) {
                roomFrom = -1;
                lags = false;
                links.hasRoom();
            }
            alarm.set(link.deadline());
            // A closed link is the transport's to end: it reads until the peer has ended too.
            if (link.state() != LinkState.CLOSED && reads != link.takesBytes()) {
                reads = link.takesBytes();
                wire.reads(reads);
            }
            if (intake.takeFreed()) {
                // Nothing is handled, but others may have what it has let go of.
                links.handled(0);
            }
            // Marked and unmarked here alone: whoever sees the mark only asks for this to be looked at again.
            if (link.isHeld()) {
                links.held(LinkStage.this);
                isHeld = true;
                // It may have become low before it was marked.
                resumeIfLow();
            } else if (isHeld) {
                isHeld = false;
                links.resumed(LinkStage.this);
            }
        }
    }
}
