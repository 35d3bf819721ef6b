package today.p2p.mesh;

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
    // In the order of their times, oldest first.
    private final Map<Target, Dialled> dialled = new LinkedHashMap<>();

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
        if (full || dialled.containsKey(target) || isTired(source.host(), now)) {
            return false;
        }
        dialled.put(target, new Dialled(now.nanos(), source.host()));
        return true;
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

    private boolean isTired(String source, Time now) {
        long window = limits.nanos(Timer.DIAL_WINDOW);
        long recent = dialled.values().stream()
                .filter(dial -> dial.source.equals(source) && now.since(dial.atNanos) < window)
                .count();
        return recent >= limits.of(Limit.MAX_DIALS_PER_SOURCE);
    }

    private void forget(Time now) {
        long again = limits.nanos(Timer.DIAL_AGAIN);
        dialled.values().removeIf(dial -> now.since(dial.atNanos) >= again);
    }

    private record Target(IpAddress ip, int port) {}

    private record Dialled(long atNanos, String source) {
        Dialled {
            Objects.requireNonNull(source);
        }
    }
}
