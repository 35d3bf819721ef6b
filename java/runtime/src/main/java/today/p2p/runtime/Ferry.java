package today.p2p.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import today.p2p.kernel.Time;
import today.p2p.runtime.turns.Inbox;

/**
 * Takes copies that have time to the threads of their links (MSH-34). It calls at a link some while after the first of them
 * came, so that several are one write, and it is writes that cost; and at a few links at a time, so that what those
 * threads have to do else waits for a few writes and not for hundreds. On the thread of the node stage alone.
 */
final class Ferry {
    /** How long the first copy waits for others. */
    static final long STAY = Time.SECOND / 16;

    /** Between two calls; the parts of a millisecond that timers do not know are not worth a wait. */
    static final long PAUSE = Time.SECOND / 1000;

    /** It calls at this part of those that wait at a time, so that it is no later when there are more of them. */
    static final int PART = 32;

    private final Wire.Loop home;
    private final Supplier<Time> clock;
    private final Queue<Stop> stops = new ArrayDeque<>();
    private boolean isUnderWay;

    Ferry(Wire.Loop home, Supplier<Time> clock) {
        this.home = home;
        this.clock = clock;
    }

    /**
     * Wakes an inbox when its copies have waited for long enough.
     *
     * @param called runs just before
     */
    void callAt(Inbox inbox, Runnable called) {
        stops.add(new Stop(clock.get().nanos() + STAY, inbox, called));
        if (!isUnderWay) {
            isUnderWay = true;
            home.after(STAY, this::call);
        }
    }

    private void call() {
        long now = clock.get().nanos();
        for (int left = 1 + stops.size() / PART; left > 0 && isDue(now); left--) {
            Stop stop = stops.remove();
            stop.called.run();
            stop.inbox.wake();
        }
        Stop next = stops.peek();
        isUnderWay = next != null;
        if (next != null) {
            home.after(Math.max(PAUSE, next.due - now), this::call);
        }
    }

    private boolean isDue(long now) {
        Stop next = stops.peek();
        return next != null && next.due - now <= 0;
    }

    private record Stop(long due, Inbox inbox, Runnable called) {}
}
