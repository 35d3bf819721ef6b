package today.p2p.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.QueueBudget;
import today.p2p.link.SeenFrames;
import today.p2p.mesh.HostGroup;
import today.p2p.runtime.turns.Faults;
import today.p2p.runtime.turns.Turns;
import today.p2p.serializer.Workspace;

/** The link stages of one node, and what they share. Safe for use by several threads. */
final class LinkTable {
    private final Self self;
    private final NodeLimits limits;
    private final Supplier<Time> clock;
    private final Faults faults;
    private final Counters counters = new Counters();
    private final Copies copies;
    private final QueueBudget queue;
    private final Intake.All unhandled;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<LinkId, LinkStage> open = new ConcurrentHashMap<>();
    private final Map<HostGroup, Host> hosts = new ConcurrentHashMap<>();
    private final LargeFrames largeFrames;
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);
    private final Set<LinkStage> held = ConcurrentHashMap.newKeySet();
    private final Listener node;
    private volatile @Nullable CountDownLatch emptied;
    private volatile SeenFrames seen = SeenFrames.NONE;
    private volatile Runnable roomListener = () -> {};

    /** @param node takes the events of links; called on their threads */
    LinkTable(Self self, RuntimeOptions options, Faults faults, Copies copies, LargeFrames largeFrames, Listener node) {
        this.self = self;
        limits = options.limits();
        clock = options.clock();
        this.faults = faults;
        this.copies = copies;
        this.node = node;
        queue = new QueueBudget(limits);
        unhandled = new Intake.All(limits);
        this.largeFrames = largeFrames;
    }

    /** A link that answers this dial of the node; empty: that the other end dialled. */
    LinkStage next(OptionalLong dial) {
        return new LinkStage(new LinkId(lastId.incrementAndGet()), dial, this);
    }

    Optional<LinkStage> of(LinkId id) {
        return Optional.ofNullable(open.get(id));
    }

    /** All whose connections are there. */
    Collection<LinkStage> all() {
        return open.values();
    }

    /** Forgets a link, when the node knows that it is gone. */
    void remove(LinkStage link) {
        if (open.remove(link.id()) != null) {
            link.host()
                    .ifPresent(host -> hosts.computeIfPresent(host, (same, known) -> {
                        known.links--;
                        return known.links == 0 ? null : known;
                    }));
        }
        held.remove(link);
        CountDownLatch latch = emptied;
        if (latch != null && open.isEmpty()) {
            latch.countDown();
        }
    }

    /**
     * What the node stage has for the links that are opened from now on.
     *
     * @param handled what they need not read again
     * @param listener is told, on any thread, that a full link has room
     */
    void begin(SeenFrames handled, Runnable listener) {
        seen = handled;
        roomListener = listener;
    }

    /** Counted down when there is no link any more. */
    CountDownLatch emptied() {
        CountDownLatch latch = new CountDownLatch(1);
        emptied = latch;
        if (open.isEmpty()) {
            latch.countDown();
        }
        return latch;
    }

    /** How much the application may have waiting on a link: the other half is for what others send. */
    long pace(long queued) {
        return Math.min(limits.of(Limit.MAX_LINK_QUEUE), queue.part(queued)) / 2;
    }

    long queuedBytes() {
        return queue.queued();
    }

    long unhandledBytes() {
        return unhandled.unhandled();
    }

    /** Something waits for the application that came from no message. */
    void unhandled(long bytes) {
        unhandled.add(bytes);
    }

    /** The node and the application are done with a message of this link. */
    void handled(LinkStage link, long bytes) {
        link.handled(bytes);
        // With each message, and there is almost never one.
        if (!held.isEmpty()) {
            held.forEach(LinkStage::resumeIfLow);
        }
    }

    /** The application is done with what {@link #unhandled(long)} announced. */
    void handled(long bytes) {
        unhandled.add(-bytes);
        held.forEach(LinkStage::resumeIfLow);
    }

    Intake newIntake() {
        return new Intake(unhandled, limits).readApart().skip(seen);
    }

    Link newLink(LinkId id, Intake intake, Host host) {
        // On the thread of its connection, now as ever after.
        return new Link(id, self, limits, queue, intake.from(host.frames()).readIn(workspaces.get()), clock.get());
    }

    Supplier<Time> clock() {
        return clock;
    }

    Faults faults() {
        return faults;
    }

    Copies copies() {
        return copies;
    }

    Counters counters() {
        return counters;
    }

    /** The connection of this link is there; its events follow, in the turns of its host. */
    Host opened(LinkStage link, HostGroup host) {
        open.put(link.id(), link);
        counters.linkOpened();
        return Objects.requireNonNull(hosts.compute(host, (same, known) -> {
            Host its = known == null ? new Host(host, largeFrames.reader()) : known;
            its.links++;
            return its;
        }));
    }

    /** A dial has failed before there was a connection. */
    void notDialled(LinkStage link, CloseReason reason) {
        link.dial().ifPresent(number -> {
            counters.dialFailed();
            node.tell(link, new Event.DialFailed(number, reason));
            node.told(Integer.MAX_VALUE);
        });
    }

    /** What links tell. */
    Listener node() {
        return node;
    }

    /** A link that was full has room. */
    void hasRoom() {
        roomListener.run();
    }

    /** The link reads no more until {@link LinkStage#resumeIfLow} finds that it may. */
    void held(LinkStage link) {
        held.add(link);
    }

    /** The link reads on. */
    void resumed(LinkStage link) {
        held.remove(link);
    }

    /** The node stage, as links see it. For any thread. */
    interface Listener {
        /** Something happened on a link; whether {@link #told} is called for it later. */
        boolean tell(LinkStage link, Event event);

        /** So many events were told by this thread, which does nothing else at this moment: they are handled now or soon. */
        void told(int events);
    }

    /** A host, and what all links to it share. */
    static final class Host {
        private final HostGroup group;
        private final Turns.Host turns = new Turns.Host();
        private final Intake.Host frames = new Intake.Host();
        private final LargeFrames.Reader largeFrames;
        /** Changed by the table of hosts alone, under its lock of this one. */
        private int links;

        Host(HostGroup group, LargeFrames.Reader largeFrames) {
            this.group = group;
            this.largeFrames = largeFrames;
        }

        HostGroup group() {
            return group;
        }

        Turns.Host turns() {
            return turns;
        }

        Intake.Host frames() {
            return frames;
        }

        LargeFrames.Reader largeFrames() {
            return largeFrames;
        }
    }
}
