package today.p2p.runtime.turns;

import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of all links, one after the other on one thread: those of one link in their order, and of several the
 * one that has cost least so far, its host before the link (LNK-29): a hundred links of one host have one part of the
 * time, not a hundred. A host or a link that was quiet has saved nothing up: it is next, once.
 *
 * <p>A host is <em>busy</em> from when more than a few of its events wait until none does and that is some while ago (MSH-31,
 * MSH-33): those of others come first, but for one in a while.
 */
public final class Turns {
    /** How many others come before a busy host at most. */
    private static final int MOST_IN_A_ROW = 8;

    private final Inbox tickets;
    private final Inbox.Task ticket = this::next;
    private final Rule rule;
    private final LongSupplier nanos;
    private final Queue<Lane> arrivals = new ConcurrentLinkedQueue<>();

    // Of the one thread alone.
    private final Line calm = new Line();
    private final Line busy = new Line();
    private int inARow;
    private long order;
    private long dearest = 1;

    /**
     * Turns on an executor of one thread.
     *
     * @param nanos a monotonic clock
     */
    public Turns(Executor executor, Faults faults, Rule rule, LongSupplier nanos) {
        this.rule = rule;
        this.nanos = nanos;
        tickets = new Inbox(executor, faults);
    }

    /**
     * Adds an event, from any thread.
     *
     * @param event handles it, and says what that cost
     */
    public void add(Lane lane, LongSupplier event) {
        if (addAsleep(lane, event)) {
            tickets.wake();
        }
    }

    /** The same; whether somebody has to call {@link #wake} or {@link #wakeBy} later. */
    public boolean addAsleep(Lane lane, LongSupplier event) {
        lane.events.add(event);
        int waiting = lane.host.waiting.incrementAndGet();
        if (Lane.LISTED.compareAndSet(lane, 0, 1)) {
            arrivals.add(lane);
        }
        // As many tickets as events, and each is for whatever is next when its time has come.
        tickets.addAsleep(ticket);
        // It may go where those that wait may not.
        return waiting <= rule.maxCalm() || !tickets.isStuck();
    }

    /** Asks again whether the next may go. */
    public void wake() {
        tickets.wake();
    }

    /** The same, with an executor that has them handled now if none is. */
    public void wakeBy(Executor here) {
        tickets.wakeBy(here);
    }

    /** Handles no more. */
    public void stop() {
        tickets.stop();
    }

    private boolean next() {
        for (Lane lane = arrivals.poll(); lane != null; lane = arrivals.poll()) {
            lane.cost = Math.max(lane.cost, lane.host.spent);
            list(lane, true);
        }
        boolean isHandled = false;
        while (!isHandled && !(calm.isEmpty() && busy.isEmpty())) {
            Host host = due();
            if (host == null) {
                return false;
            }
            isHandled = handleNext(host);
        }
        return true;
    }

    /** Whose turn it is; nobody's, when none of those that wait may go. */
    private @Nullable Host due() {
        for (Host host = calm.hosts.peek(); host != null && isMuch(host); host = calm.hosts.peek()) {
            host.isBusy = true;
            host.cost = busy.spent;
            busy.hosts.add(calm.hosts.remove());
        }
        boolean isBusyNext = inARow >= MOST_IN_A_ROW && !busy.isEmpty();
        if (!isBusyNext && !calm.isEmpty() && rule.gate().lets(Standing.CALM)) {
            inARow++;
            return calm.hosts.poll();
        }
        if (!busy.isEmpty() && rule.gate().lets(Standing.BUSY)) {
            inARow = 0;
            return busy.hosts.poll();
        }
        if (calm.isEmpty()) {
            return least();
        }
        return isBusyNext && rule.gate().lets(Standing.CALM) ? calm.hosts.poll() : null;
    }

    /** Who has least waiting of those that are busy, if it may have what the calm leave (MSH-33): it may soon be one of them. */
    private @Nullable Host least() {
        Host least = null;
        for (Host host : busy.hosts) {
            least = least == null || host.waiting.get() < least.waiting.get() ? host : least;
        }
        if (least == null) {
            return null;
        }
        Standing standing = isMuch(least) ? Standing.LEAST : Standing.WAS_BUSY;
        return rule.gate().lets(standing) && busy.hosts.remove(least) ? least : null;
    }

    private boolean isMuch(Host host) {
        boolean isMuch = host.waiting.get() > rule.maxCalm();
        if (isMuch) {
            host.busySince = nanos.getAsLong();
        }
        return isMuch;
    }

    private boolean handleNext(Host host) {
        Lane lane = Objects.requireNonNull(host.lanes.poll());
        // There is none when whoever added the last one has listed the lane after that one was handled.
        LongSupplier event = lane.events.poll();
        try {
            if (event != null) {
                isMuch(host);
                host.waiting.decrementAndGet();
                handle(host, lane, event);
            }
        } finally {
            if (!host.lanes.isEmpty()) {
                list(host);
            }
            goOn(lane);
        }
        return event != null;
    }

    private void handle(Host host, Lane lane, LongSupplier event) {
        line(host).spends(host);
        host.spent = lane.cost;
        // What throws does not say what it cost: as much as any other may have.
        long cost = dearest;
        try {
            cost = event.getAsLong();
            dearest = Math.max(dearest, cost);
        } finally {
            host.cost += cost;
            lane.cost += cost;
        }
    }

    private void goOn(Lane lane) {
        if (lane.events.isEmpty()) {
            lane.isListed = 0;
            // Whoever added one in the meantime found it listed.
            if (lane.events.isEmpty() || !Lane.LISTED.compareAndSet(lane, 0, 1)) {
                return;
            }
        }
        list(lane, false);
    }

    private void list(Lane lane, boolean isNew) {
        if (lane.host.lanes.isEmpty()) {
            if (isNew) {
                beginAnew(lane.host);
            }
            list(lane.host);
        }
        lane.since = order++;
        lane.host.lanes.add(lane);
    }

    /** It had nothing left. */
    private void beginAnew(Host host) {
        if (host.isBusy && nanos.getAsLong() - host.busySince >= rule.busyFor()) {
            host.isBusy = false;
            host.cost = calm.spent;
        }
        host.cost = Math.max(host.cost, line(host).spent);
    }

    private void list(Host host) {
        host.since = order++;
        line(host).hosts.add(host);
    }

    private Line line(Host host) {
        return host.isBusy ? busy : calm;
    }

    /**
     * Who is busy, and who may go.
     *
     * @param maxCalm how many events of a host may wait before it is busy
     * @param busyFor for how many nanoseconds it is from when last more waited
     */
    public record Rule(long maxCalm, long busyFor, Gate gate) {
        /** Nobody is busy. */
        public static Rule of(Gate gate) {
            return new Rule(Long.MAX_VALUE, 0, gate);
        }
    }

    /** Whether the next may go. */
    @FunctionalInterface
    public interface Gate {
        /** Whether an event of such a host may be handled now; {@link Turns#wake} asks again. */
        boolean lets(Standing standing);
    }

    /** How a host stands that is next. */
    public enum Standing {
        /** Little waits of it. */
        CALM,
        /** Little waits, but it was busy a while ago; nobody who is calm waits. */
        WAS_BUSY,
        /** Of those that are busy it has least waiting; nobody who is calm waits. */
        LEAST,
        /** It is the turn of this one of those that are busy. */
        BUSY
    }

    /** Hosts that wait for their turns, in an account of their own: who is new in it begins with whoever is next. */
    private static final class Line {
        private final Queue<Host> hosts = new PriorityQueue<>(Turn.ORDER);
        private long spent;

        boolean isEmpty() {
            return hosts.isEmpty();
        }

        /** It is the turn of this one, or of another that is before it. */
        void spends(Host host) {
            Host next = hosts.peek();
            spent = next == null ? host.cost : Math.min(host.cost, next.cost);
        }
    }

    /** Whose turn it is: who has cost least, and of several who has waited longest. */
    private static class Turn {
        private static final Comparator<Turn> ORDER =
                Comparator.<Turn>comparingLong(turn -> turn.cost).thenComparingLong(turn -> turn.since);

        // Of the one thread alone.
        long cost;
        long since;
    }

    /** A host, and which of its links have something that waits. */
    public static final class Host extends Turn {
        private final Queue<Lane> lanes = new PriorityQueue<>(Turn.ORDER);
        private final AtomicInteger waiting = new AtomicInteger();
        private long spent;
        private boolean isBusy;
        /** When more than a few waited last. */
        private long busySince;
    }

    /** What waits of one link. */
    public static final class Lane extends Turn {
        private static final AtomicIntegerFieldUpdater<Lane> LISTED =
                AtomicIntegerFieldUpdater.newUpdater(Lane.class, "isListed");

        private final Host host;
        private final Queue<LongSupplier> events;
        private volatile int isListed;

        /** Of a link to that host. */
        public Lane(Host host) {
            this(host, new ConcurrentLinkedQueue<>());
        }

        Lane(Host host, Queue<LongSupplier> events) {
            this.host = host;
            this.events = events;
        }
    }
}
