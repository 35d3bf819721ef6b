package today.p2p.runtime.turns;

import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of all links, one after the other on one thread: those of one link in their order, and of several the
 * one that has cost least so far, its host before the link (LNK-29): a hundred links of one host have one part of the
 * time, not a hundred. A host or a link that was quiet has saved nothing up: it is next, once.
 *
 * <p>A host is <em>busy</em> from when more than a few of its events wait until none does (MSH-31): those of others come
 * first, but for one in a while.
 */
public final class Turns {
    /** How many others come before a busy host at most. */
    private static final int MOST_IN_A_ROW = 8;

    private final Inbox tickets;
    private final Inbox.Task ticket = this::next;
    private final Gate gate;
    private final long maxCalm;
    private final Queue<Lane> arrivals = new ConcurrentLinkedQueue<>();

    // Of the one thread alone.
    private final Queue<Host> calm = new PriorityQueue<>(Turn.ORDER);
    private final Queue<Host> busy = new PriorityQueue<>(Turn.ORDER);
    private int inARow;
    private long spent;
    private long order;

    /**
     * Turns on an executor of one thread.
     *
     * @param maxCalm how many events of a host may wait before it is busy
     */
    public Turns(Executor executor, Faults faults, long maxCalm, Gate gate) {
        this.gate = gate;
        this.maxCalm = maxCalm;
        tickets = new Inbox(executor, faults);
    }

    /**
     * Adds an event, from any thread.
     *
     * @param event handles it, and says what that cost
     */
    public void add(Lane lane, LongSupplier event) {
        lane.events.add(event);
        int waiting = lane.host.waiting.incrementAndGet();
        if (lane.isListed.compareAndSet(false, true)) {
            arrivals.add(lane);
        }
        // As many tickets as events, and each is for whatever is next when its time has come.
        tickets.addUntilTrue(ticket);
        if (waiting <= maxCalm) {
            // It may go where those that wait may not.
            tickets.wake();
        }
    }

    /** Asks again whether the next may go. */
    public void wake() {
        tickets.wake();
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
        for (Host host = calm.peek(); host != null && host.waiting.get() > maxCalm; host = calm.peek()) {
            host.isBusy = true;
            busy.add(calm.remove());
        }
        boolean isBusyNext = inARow >= MOST_IN_A_ROW && !busy.isEmpty();
        if (!isBusyNext && !calm.isEmpty() && gate.lets(false)) {
            inARow++;
            return calm.poll();
        }
        if (!busy.isEmpty() && gate.lets(true)) {
            inARow = 0;
            return busy.poll();
        }
        return isBusyNext && !calm.isEmpty() && gate.lets(false) ? calm.poll() : null;
    }

    private boolean handleNext(Host host) {
        Lane lane = Objects.requireNonNull(host.lanes.poll());
        // There is none when whoever added the last one has listed the lane after that one was handled.
        LongSupplier event = lane.events.poll();
        try {
            if (event != null) {
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
        spent = host.cost;
        host.spent = lane.cost;
        long cost = event.getAsLong();
        host.cost += cost;
        lane.cost += cost;
    }

    private void goOn(Lane lane) {
        if (lane.events.isEmpty()) {
            lane.isListed.set(false);
            // Whoever added one in the meantime found it listed.
            if (lane.events.isEmpty() || !lane.isListed.compareAndSet(false, true)) {
                return;
            }
        }
        list(lane, false);
    }

    private void list(Lane lane, boolean isNew) {
        if (lane.host.lanes.isEmpty()) {
            lane.host.cost = Math.max(lane.host.cost, spent);
            // Whoever had nothing left begins anew.
            lane.host.isBusy &= !isNew;
            list(lane.host);
        }
        lane.since = order++;
        lane.host.lanes.add(lane);
    }

    private void list(Host host) {
        host.since = order++;
        (host.isBusy ? busy : calm).add(host);
    }

    /** Whether the next may go. */
    @FunctionalInterface
    public interface Gate {
        /**
         * Whether an event may be handled now; {@link Turns#wake} asks again.
         *
         * @param isBusy whether it is one of a busy host
         */
        boolean lets(boolean isBusy);
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
    }

    /** What waits of one link. */
    public static final class Lane extends Turn {
        private final Host host;
        private final Queue<LongSupplier> events;
        private final AtomicBoolean isListed = new AtomicBoolean();

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
