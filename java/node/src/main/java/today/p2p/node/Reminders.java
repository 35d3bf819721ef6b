package today.p2p.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/** On which links the handshake is due again, since the peer forgot them with another one (MSH-24). */
final class Reminders {
    private final NodeLimits limits;
    private final Map<LinkId, Long> dueAt = new TreeMap<>();

    Reminders(NodeLimits limits) {
        this.limits = limits;
    }

    void add(LinkId link, Time now) {
        dueAt.put(link, now.nanos() + limits.nanos(Timer.GREET_AGAIN));
    }

    void remove(LinkId link) {
        dueAt.remove(link);
    }

    /** When the next is due, in nanoseconds of the monotonic clock. */
    OptionalLong deadline() {
        // Asked after every event, and almost always there is none.
        if (dueAt.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong first = OptionalLong.empty();
        for (long at : dueAt.values()) {
            first = first.isEmpty() || at - first.getAsLong() < 0 ? OptionalLong.of(at) : first;
        }
        return first;
    }

    /** Those that are due now; each is given once. */
    List<LinkId> take(Time now) {
        List<LinkId> due = new ArrayList<>();
        dueAt.forEach((link, at) -> {
            if (now.isAtOrAfter(at)) {
                due.add(link);
            }
        });
        due.forEach(dueAt::remove);
        return due;
    }
}
