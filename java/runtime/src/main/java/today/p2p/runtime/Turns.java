package today.p2p.runtime;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The events of all links, one after the other on one thread: those of one link in their order, and of several the
 * one whose link has cost least so far (LNK-29). A link that was quiet has saved nothing up: it is next, once.
 */
final class Turns {
    private final Inbox tickets;
    private final BooleanSupplier mayGo;
    private final Queue<Lane> arrivals = new ConcurrentLinkedQueue<>();

    // Of the one thread alone.
    private final PriorityQueue<Lane> waiting = new PriorityQueue<>(
            Comparator.<Lane>comparingLong(lane -> lane.cost).thenComparing(lane -> lane.since));
    private long spent;
    private long order;

    /**
     * Turns on an executor of one thread.
     *
     * @param mayGo whether the next event may be handled; {@link #wake} asks again
     */
    Turns(Executor executor, Faults faults, BooleanSupplier mayGo) {
        this.mayGo = mayGo;
        tickets = new Inbox(executor, faults);
    }

    /**
     * Adds an event, from any thread.
     *
     * @param event handles it, and says what that cost
     */
    void add(Lane lane, LongSupplier event) {
        lane.events.add(event);
        if (lane.isListed.compareAndSet(false, true)) {
            arrivals.add(lane);
        }
        // As many tickets as events, and each is for whatever is next when its time has come.
        tickets.addUntilTrue(this::next);
    }

    /** Asks again whether the next may go. */
    void wake() {
        tickets.wake();
    }

    /** Handles no more. */
    void stop() {
        tickets.stop();
    }

    private boolean next() {
        if (!mayGo.getAsBoolean()) {
            return false;
        }
        for (Lane lane = arrivals.poll(); lane != null; lane = arrivals.poll()) {
            lane.cost = Math.max(lane.cost, spent);
            list(lane);
        }
        Lane lane = waiting.poll();
        LongSupplier event = lane == null ? null : lane.events.poll();
        if (lane == null || event == null) {
            return true;
        }
        spent = lane.cost;
        try {
            lane.cost += event.getAsLong();
        } finally {
            goOn(lane);
        }
        return true;
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
        lane.since = order++;
        waiting.add(lane);
    }

    /** What waits of one link. */
    static final class Lane {
        private final Queue<LongSupplier> events = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean isListed = new AtomicBoolean();
        // Of the one thread alone.
        private long cost;
        private long since;
    }
}
