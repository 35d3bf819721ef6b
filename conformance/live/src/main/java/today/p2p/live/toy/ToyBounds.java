package today.p2p.live.toy;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How much the toy takes and lets wait: LNK-23 to LNK-25, LNK-28, LNK-31, MSH-27. Guarded by its node. */
final class ToyBounds {
    private static final double SECOND = 1e9;

    private final ToyNode node;
    private final JsonNode limits;
    private final Bucket copies;

    /** Full at first; fills with a rate. */
    static final class Bucket {
        private final double most;
        private final double perSecond;
        private double level;
        private long at = System.nanoTime();

        Bucket(double most, double perSecond) {
            this.most = most;
            this.perSecond = perSecond;
            level = most;
        }

        boolean has(double amount) {
            long now = System.nanoTime();
            level = Math.min(most, level + (now - at) / SECOND * perSecond);
            at = now;
            return level >= amount;
        }

        /** Takes it, though there may not be so much. */
        void take(double amount) {
            level -= amount;
        }
    }

    ToyBounds(ToyNode node, JsonNode limits) {
        this.node = node;
        this.limits = limits;
        double rate = limit("max-relay-rate", 100_000);
        copies = new Bucket(rate, rate);
    }

    long limit(String name, long standard) {
        return limits.path(name).asLong(standard);
    }

    /** The messages that a link may bring. */
    Bucket messages() {
        return new Bucket(limit("max-message-burst", 20_000), limit("max-message-rate", 10_000));
    }

    /** Whether the next frame of a link may be handled now. */
    boolean mayHandle(ToyLink link, boolean isBroadcast) {
        boolean inRate = link.messages.has(1) || node.is(ToyDefect.ANY_MESSAGE_RATE);
        boolean isFull = link.unhandled >= limit("max-link-unhandled", 1 << 20) && !node.is(ToyDefect.ALL_IS_READ);
        boolean inTurn =
                !node.is(ToyDefect.NO_TURNS) || node.links.stream().noneMatch(other -> other != link && other.waits);
        boolean anyRate = node.is(ToyDefect.ANY_RELAY_RATE) || node.is(ToyDefect.RELAYS_DROPPED);
        return !isFull && inRate && inTurn && (!isBroadcast || copies.has(1) || anyRate);
    }

    /** Whether a broadcast is passed on at all. */
    boolean mayRelay() {
        return !node.is(ToyDefect.RELAYS_DROPPED) || copies.has(1);
    }

    void relayed() {
        copies.take(1);
    }

    /** LNK-23. */
    long mostOfLink() {
        long most = limit("max-link-queue", 4 << 20);
        return node.is(ToyDefect.QUEUES_UNBOUNDED) ? Long.MAX_VALUE : most;
    }

    /** LNK-25. */
    boolean mayWait(ToyLink link, long bytes) {
        long before = link.outbox.waiting();
        long most = limit("max-queue", 64 << 20);
        long grant = most / 2 / limit("max-links", 1024);
        long wanted = beyond(before + bytes, grant);
        long left = most - grant * limit("max-links", 1024) - wanted;
        for (ToyLink other : List.copyOf(node.links)) {
            left -= other == link ? 0 : beyond(other.outbox.waiting(), grant);
        }
        return before == 0 || wanted == 0 || wanted <= 2 * left || node.is(ToyDefect.SHARES_UNBOUNDED);
    }

    /** LNK-31. */
    boolean mayGather(ToyLink link) {
        long most = limit("max-unhandled", 16 << 20);
        long grant = most / 2 / limit("max-links", 1024);
        long left = most - grant * limit("max-links", 1024);
        for (ToyLink each : List.copyOf(node.links)) {
            left -= beyond(each.kept + each.unhandled, grant);
        }
        long here = link.kept + link.unhandled;
        return here < grant || beyond(here, grant) < 2 * left;
    }

    private static long beyond(long bytes, long grant) {
        return Math.max(0, bytes - grant);
    }
}
