package today.p2p.runtime.turns;

import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The events of all links, one after the other on one thread: those of one link in their order, and of several the
 * one that has cost least so far, its host before the link (LNK-29): a hundred links of one host have one part of the
 * time, not a hundred. A host or a link that was quiet has saved nothing up: it is next, once.
 */
public final class Turns {
    private final Inbox tickets;
    private final BooleanSupplier mayGo;
    private final Queue<Lane> arrivals = new ConcurrentLinkedQueue<>();

    // Of the one thread alone.
    private final Queue<Host> waiting = new PriorityQueue<>(Turn.ORDER);
    private long spent;
    private long order;

    /**
     * Turns on an executor of one thread.
     *
     * @param mayGo whether the next event may be handled; {@link #wake} asks again
     */
    public Turns(Executor executor, Faults faults, BooleanSupplier mayGo) {
        this.mayGo = mayGo;
        tickets = new Inbox(executor, faults);
    }

    /**
     * Adds an event, from any thread.
     *
     * @param event handles it, and says what that cost
     */
    public void add(Lane lane, LongSupplier event) {
        lane.events.add(event);
        if (lane.isListed.compareAndSet(false, true)) {
            arrivals.add(lane);
        }
        // As many tickets as events, and each is for whatever is next when its time has come.
        tickets.addUntilTrue(this::next);
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
        if (!mayGo.getAsBoolean()) {
            return false;
        }
        for (Lane lane = arrivals.poll(); lane != null; lane = arrivals.poll()) {
            lane.cost = Math.max(lane.cost, lane.host.spent);
            list(lane);
        }
        boolean isHandled = false;
        for (Host host = waiting.poll(); host != null; host = isHandled ? null : waiting.poll()) {
            Lane lane = Objects.requireNonNull(host.lanes.poll());
            // There is none when whoever added the last one has listed the lane after that one was handled.
            LongSupplier event = lane.events.poll();
            isHandled = event != null;
            try {
                if (event != null) {
                    handle(host, lane, event);
                }
            } finally {
                if (!host.lanes.isEmpty()) {
                    list(host);
                }
                goOn(lane);
            }
        }
        return true;
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
        list(lane);
    }

    private void list(Lane lane) {
        if (lane.host.lanes.isEmpty()) {
            lane.host.cost = Math.max(lane.host.cost, spent);
            list(lane.host);
        }
        lane.since = order++;
        lane.host.lanes.add(lane);
    }

    private void list(Host host) {
        host.since = order++;
        waiting.add(host);
    }

    /** Whose turn it is: who has cost least, and of several who has waited longest. */
    private static class Turn {
        private static final Comparator<Turn> ORDER =
                Comparator.<Turn>comparingLong(turn -> turn.cost).thenComparing(turn -> turn.since);

        // Of the one thread alone.
        long cost;
        long since;
    }

    /** A host, and which of its links have something that waits. */
    public static final class Host extends Turn {
        private final Queue<Lane> lanes = new PriorityQueue<>(Turn.ORDER);
        private long spent;
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
