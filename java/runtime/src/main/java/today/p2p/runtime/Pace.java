package today.p2p.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Time;

/**
 * When a caller hears that its message was sent: when the links that it went to have room for more, so that
 * whoever waits for the answer never overruns a link that reads. A link that has had no room for a second is
 * waited for no more until it has: a peer that does not read costs the others one second, once, and then loses
 * its own link (LNK-23). On the thread of the node stage alone.
 */
final class Pace {
    private static final long PATIENCE = Time.SECOND;

    private final Supplier<Time> clock;
    private final Alarm alarm;
    private final long enough;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    Pace(Loop home, RuntimeOptions options) {
        clock = options.clock();
        alarm = new Alarm(home, clock, this::check);
        enough = options.limits().of(Limit.MAX_LINK_QUEUE) / 2;
    }

    /** Tells a caller, now or when these links have room. */
    void tell(Runnable caller, List<LinkStage> links) {
        if (waiting.isEmpty() && links.stream().noneMatch(this::isFull)) {
            caller.run();
            return;
        }
        waiting.add(new Waiting(caller, List.copyOf(links), clock.get().nanos() + PATIENCE));
        setAlarm();
    }

    /** A link may have room by now, or the first caller has waited long enough. */
    void check() {
        while (!waiting.isEmpty() && isOver(waiting.element())) {
            waiting.remove().caller.run();
        }
        setAlarm();
    }

    private void setAlarm() {
        alarm.set(waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.element().until));
    }

    /** Nobody waits any more. */
    void end() {
        waiting.forEach(left -> left.caller.run());
        waiting.clear();
    }

    private boolean isOver(Waiting first) {
        boolean isLate = clock.get().isAtOrAfter(first.until);
        boolean isFree = true;
        for (LinkStage link : first.links) {
            if (isFull(link)) {
                link.lags(isLate);
                isFree = false;
            }
        }
        return isFree || isLate;
    }

    private boolean isFull(LinkStage link) {
        return !link.hasRoomFrom(enough);
    }

    private record Waiting(Runnable caller, List<LinkStage> links, long until) {}
}
