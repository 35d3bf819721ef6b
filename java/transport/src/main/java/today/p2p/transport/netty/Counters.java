package today.p2p.transport.netty;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import today.p2p.transport.Connection.Direction;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.TransportStats;
import today.p2p.transport.TransportStats.Limit;

/** What is counted of one transport. Thread-safe. */
final class Counters {
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder acceptErrors = new LongAdder();
    private final long openedAt = System.nanoTime();
    private final AtomicLongArray opened = new AtomicLongArray(Direction.values().length);
    private final AtomicLongArray refused = new AtomicLongArray(Limit.values().length);
    private final AtomicLongArray closed = new AtomicLongArray(DisconnectReason.Kind.values().length);

    void opened(Direction direction) {
        opened.incrementAndGet(direction.ordinal());
    }

    void refused(Limit limit) {
        refused.incrementAndGet(limit.ordinal());
    }

    void closed(DisconnectReason reason) {
        closed.incrementAndGet(reason.kind().ordinal());
    }

    TransportStats snapshot(int open, int pending, long queuedBytes) {
        return new TransportStats(
                Duration.ofNanos(System.nanoTime() - openedAt),
                open,
                pending,
                opened.get(Direction.INCOMING.ordinal()),
                opened.get(Direction.OUTGOING.ordinal()),
                named(Limit.class, refused),
                named(DisconnectReason.Kind.class, closed),
                acceptErrors.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                queuedBytes);
    }

    private static <E extends Enum<E>> Map<E, Long> named(Class<E> type, AtomicLongArray counts) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            if (counts.get(value.ordinal()) > 0) {
                map.put(value, counts.get(value.ordinal()));
            }
        }
        return map;
    }
}
