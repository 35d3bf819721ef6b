package today.p2p.sync;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/** Whether all entries of one peer have come (SYN-17). */
final class Arrivals {
    private static final int LISTS = 2;

    private final long quiet;
    private final Map<LinkId, Arrival> byLink = new TreeMap<>();
    private volatile boolean isReady;

    Arrivals(NodeLimits limits) {
        quiet = limits.nanos(Timer.JOIN_QUIET);
    }

    boolean isReady() {
        return isReady;
    }

    void begin(LinkId link, Time now) {
        if (!isReady) {
            byLink.put(link, new Arrival(0, now.nanos()));
        }
    }

    void end(LinkId link) {
        byLink.remove(link);
    }

    /** An entry has come. */
    void entry(LinkId link, Time now) {
        byLink.computeIfPresent(link, (key, arrival) -> new Arrival(arrival.lists, now.nanos()));
    }

    /** A list of peers has come; whether the table is ready by that. */
    boolean list(LinkId link) {
        Arrival arrival =
                byLink.computeIfPresent(link, (key, before) -> new Arrival(before.lists + 1, before.lastNanos));
        return arrival != null && arrival.lists >= LISTS && ready();
    }

    /** Whether the table is ready by silence. */
    boolean tick(Time now) {
        boolean silent = byLink.values().stream().anyMatch(arrival -> now.since(arrival.lastNanos) >= quiet);
        return silent && ready();
    }

    OptionalLong deadline() {
        // Asked after every event: most of the time there is nobody to wait for.
        if (byLink.isEmpty()) {
            return OptionalLong.empty();
        }
        return byLink.values().stream()
                .map(arrival -> arrival.lastNanos + quiet)
                .reduce((one, other) -> one - other <= 0 ? one : other)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private boolean ready() {
        isReady = true;
        byLink.clear();
        return true;
    }

    private record Arrival(int lists, long lastNanos) {}
}
