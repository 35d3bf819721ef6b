package today.p2p.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.CloseReason.Cause;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.QueueBudget;
import today.p2p.node.Node;

/** One life of a host, from its start to its crash: the node stage, its links, and what waits between them. */
final class Incarnation {
    private final Host host;
    private final int number;
    private final Self self;
    private final NodeLimits limits;
    private final Node node;
    private final QueueBudget budget;
    private final Intake.All intake;
    private final Map<LinkId, LinkEnd> ends = new TreeMap<>();
    private final Deque<Waiting> inbox = new ArrayDeque<>();
    private final Alarm alarm;
    private long nextLink = 1;
    private boolean isHandling;
    private boolean isOver;

    /** Starts a node without memory of any life before. */
    Incarnation(Host host, Self self, NodeLimits limits, @Nullable Table table, int number) {
        this.host = host;
        this.self = self;
        this.limits = limits;
        this.number = number;
        node = new Node(self, limits, host.world().newRandom(), table);
        budget = new QueueBudget(limits);
        intake = new Intake.All(limits);
        alarm = new Alarm(
                host, () -> isOver ? OptionalLong.empty() : node.deadline(), () -> add(null, new Event.Tick()));
    }

    Host host() {
        return host;
    }

    /** A number that no other life of the run has. */
    int number() {
        return number;
    }

    Self self() {
        return self;
    }

    NodeLimits limits() {
        return limits;
    }

    Node node() {
        return node;
    }

    QueueBudget budget() {
        return budget;
    }

    Intake newIntake() {
        return new Intake(intake, limits).skip(node::hasSeen);
    }

    Time now() {
        return host.now();
    }

    void trace(String what) {
        host.world().trace().line(host.name(), what);
    }

    @Nullable
    LinkEnd end(LinkId link) {
        return ends.get(link);
    }

    Collection<LinkEnd> ends() {
        return Collections.unmodifiableCollection(ends.values());
    }

    /** A link has let go of bytes that others may wait for (LNK-31). */
    void hasFreed() {
        List.copyOf(ends.values()).forEach(end -> end.handled(0));
    }

    boolean isOver() {
        return isOver;
    }

    void accept(Connection connection, Address remote) {
        start(connection, 1, remote, OptionalLong.empty());
    }

    /** The application asks. */
    void call(Call call) {
        host.world().watch().called(this, call);
        add(null, new Event.Called(call));
    }

    /** A link tells; the node hears of it after what was told before. */
    void tell(LinkEnd end, Event event) {
        if (isOver) {
            return;
        }
        host.world().watch().told(this, end, event);
        if (event instanceof Event.LinkDown down) {
            trace("down: " + down.reason());
        }
        inbox.addLast(new Waiting(end, event));
    }

    /** Has the node handle what was told: now, or in a moment when the two stages are apart. */
    void settle() {
        long hop = host.world().network().conditions().hop();
        if (hop == 0) {
            handle();
        } else if (!inbox.isEmpty()) {
            host.schedule().in(host.world().random().nextLong(hop + 1), this::handle);
        }
    }

    /** The machine loses its power, or the process is killed: {@code silently} says which. */
    void end(boolean silently) {
        isOver = true;
        for (LinkEnd end : new ArrayList<>(ends.values())) {
            if (silently) {
                end.vanish();
            } else {
                end.reset();
            }
        }
        ends.clear();
        inbox.clear();
    }

    private void add(@Nullable LinkEnd end, Event event) {
        inbox.addLast(new Waiting(end, event));
        handle();
    }

    private void handle() {
        if (isHandling || isOver || inbox.isEmpty()) {
            return;
        }
        isHandling = true;
        while (!inbox.isEmpty()) {
            Waiting next = inbox.removeFirst();
            for (Effect effect : node.on(next.event, now())) {
                host.world().watch().did(this, next.event, effect);
                perform(effect);
            }
            done(next);
        }
        isHandling = false;
        alarm.set();
        host.world().watch().settled(this);
    }

    private void done(Waiting handled) {
        if (handled.event instanceof Event.LinkDown down) {
            ends.remove(down.link());
        }
        if (handled.event instanceof Event.Received received && handled.end != null) {
            handled.end.handled(Intake.weight(received));
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Send send) {
            LinkEnd end = ends.get(send.link());
            if (end != null) {
                end.send(send.message(), send.isRepeatable());
            }
        } else if (effect instanceof Effect.Close close) {
            LinkEnd end = ends.get(close.link());
            if (end != null) {
                end.close(close.reason());
            }
        } else if (effect instanceof Effect.AskRoom ask) {
            LinkEnd end = ends.get(ask.link());
            if (end != null) {
                end.askRoom();
            }
        } else if (effect instanceof Effect.Dial dial) {
            trace("dials " + dial.address());
            host.world().network().dial(host, dial.address(), new Dialling(dial.dial()));
        } else {
            host.application().take(effect);
        }
    }

    private void start(Connection connection, int side, Address remote, OptionalLong dial) {
        LinkEnd end = new LinkEnd(this, new LinkId(nextLink++), connection, side);
        ends.put(end.id(), end);
        end.start(remote, dial);
    }

    /** What waits for the node stage. */
    private record Waiting(@Nullable LinkEnd end, Event event) {}

    /** A dial of this life; whoever crashed in the meantime does not hear of it. */
    private final class Dialling implements Network.Dialler {
        private final long dial;

        Dialling(long dial) {
            this.dial = dial;
        }

        @Override
        public void connected(Connection connection, Address remote) {
            if (isOver) {
                connection.vanish(0);
            } else {
                start(connection, 0, remote, OptionalLong.of(dial));
            }
        }

        @Override
        public void failed(String why) {
            if (!isOver) {
                trace("dial failed: " + why);
                add(null, new Event.DialFailed(dial, CloseReason.because(Cause.UNREACHABLE, why)));
            }
        }
    }
}
