package today.p2p.mesh;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import today.p2p.kernel.Address;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/** Which addresses are dialled on the word of a peer: a stranger's wish is not our errand (MSH-7). */
final class DialPolicy {
    private final NodeLimits limits;
    // The last of each.
    private final Map<Target, Dialled> dialled = new LinkedHashMap<>();
    // Where a named node was, and how often it has been dialled since without being found (MSH-29). Latest last.
    private final Map<Target, Integer> misses = new LinkedHashMap<>();

    DialPolicy(NodeLimits limits) {
        this.limits = limits;
    }

    /**
     * Whether to dial; if so, the dial counts.
     *
     * @param named the address that a peer named
     * @param source the address of that peer as the transport has it
     */
    boolean allows(Address named, Address source, Time now) {
        Optional<IpAddress> ip = IpAddress.parse(named.host());
        if (ip.isEmpty() || named.port() == 0 || !isFitFor(ip.get(), source)) {
            return false;
        }
        forget(now);
        Target target = new Target(ip.get(), named.port());
        boolean full = dialled.size() >= limits.of(Limit.MAX_DIALS);
        if (full || isTooSoon(target, now) || isTired(source.host(), now)) {
            return false;
        }
        dialled.put(target, new Dialled(now.nanos(), source.host(), false));
        misses.computeIfPresent(target, (one, count) -> count + 1);
        return true;
    }

    /** At this address was the node that it was dialled for (MSH-28). */
    void found(Address address, Time now) {
        Optional<IpAddress> ip = IpAddress.parse(address.host());
        if (ip.isEmpty()) {
            return;
        }
        Target target = new Target(ip.get(), address.port());
        Dialled dial = dialled.get(target);
        if (dial != null && recent(dial.source, true, now) < limits.of(Limit.MAX_DIALS_FOUND)) {
            dialled.put(target, new Dialled(dial.atNanos, dial.source, true));
        }
        misses.remove(target);
        misses.put(target, 0);
        if (misses.size() > limits.of(Limit.MAX_DIALS)) {
            Iterator<Target> oldest = misses.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static boolean isFitFor(IpAddress named, Address source) {
        IpAddress.Range from =
                IpAddress.parse(source.host()).map(IpAddress::range).orElse(IpAddress.Range.FORBIDDEN);
        return switch (named.range()) {
            case PUBLIC -> true;
            case PRIVATE -> from == IpAddress.Range.PRIVATE || from == IpAddress.Range.LOOPBACK;
            case LOOPBACK -> from == IpAddress.Range.LOOPBACK;
            case FORBIDDEN -> false;
        };
    }

    private boolean isTooSoon(Target target, Time now) {
        Dialled before = dialled.get(target);
        return before != null && now.since(before.atNanos) < pause(target);
    }

    /** How long to wait until an address is dialled again. */
    private long pause(Target target) {
        long longest = limits.nanos(Timer.DIAL_AGAIN);
        Integer missed = misses.get(target);
        if (missed == null) {
            return longest;
        }
        long pause = limits.nanos(Timer.FOUND_AGAIN);
        for (int miss = 0; miss < missed && pause < longest; miss++) {
            pause *= 2;
        }
        return Math.min(pause, longest);
    }

    private boolean isTired(String source, Time now) {
        return recent(source, false, now) >= limits.of(Limit.MAX_DIALS_PER_SOURCE);
    }

    /** How many dials a source has caused in the window, of those that have found their node or of the others. */
    private long recent(String source, boolean hasFound, Time now) {
        long window = limits.nanos(Timer.DIAL_WINDOW);
        return dialled.values().stream()
                .filter(dial -> dial.hasFound == hasFound && dial.source.equals(source))
                .filter(dial -> now.since(dial.atNanos) < window)
                .count();
    }

    private void forget(Time now) {
        long again = limits.nanos(Timer.DIAL_AGAIN);
        dialled.values().removeIf(dial -> now.since(dial.atNanos) >= again);
    }

    private record Target(IpAddress ip, int port) {}

    /** A dial; whether it has led to the node that was named. */
    private record Dialled(long atNanos, String source, boolean hasFound) {
        Dialled {
            Objects.requireNonNull(source);
        }
    }
}
