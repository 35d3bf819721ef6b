package today.p2p.simulator;

import java.util.PriorityQueue;

/** What is to happen and when, by the virtual clock: in the order of time, and then of being asked for. */
final class Schedule {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long now;
    private long asked;

    /** The virtual time, in nanoseconds from the start of the run. */
    long now() {
        return now;
    }

    /** Has something happen at a moment; at the next occasion when that has passed. */
    void at(long nanos, Runnable act) {
        queue.add(new Due(Math.max(nanos, now), asked++, act));
    }

    /** Has something happen so many nanoseconds from now. */
    void in(long nanos, Runnable act) {
        at(now + nanos, act);
    }

    /** Lets the next thing happen, unless it is after {@code until}; whether there was one. */
    boolean step(long until) {
        Due next = queue.peek();
        if (next == null || next.at > until) {
            now = Math.max(now, until);
            return false;
        }
        queue.remove();
        now = next.at;
        next.act.run();
        return true;
    }

    private record Due(long at, long number, Runnable act) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
