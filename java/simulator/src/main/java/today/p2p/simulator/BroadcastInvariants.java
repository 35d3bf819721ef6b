package today.p2p.simulator;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/**
 * One frame is delivered at most once and sent at most once on a link, and not back on the one on which it
 * came, as long as the node remembers it (M-4). Counts the messages of each broadcast.
 */
final class BroadcastInvariants implements Invariant {
    // Nothing depends on the order of the inner tables: they are only asked.
    private final Map<Bytes, Passage> passages = new LinkedHashMap<>();
    private int sends;
    private int mostSends;

    /** How many messages all broadcasts together have cost. */
    int sends() {
        return sends;
    }

    /** The most messages that one broadcast has cost. */
    int mostSends() {
        return mostSends;
    }

    @Override
    public void did(Incarnation node, Event cause, Effect effect) {
        if (effect instanceof Effect.Deliver deliver && deliver.delivery().isBroadcast()) {
            long now = node.host().schedule().now();
            Passage passage = passage(deliver.delivery().id(), now);
            Long before = passage.delivered.put(node.number(), now);
            boolean isNew = before == null || now - before >= remember(node);
            Invariant.require(
                    isNew,
                    "M-4",
                    node,
                    () -> "delivers a broadcast twice: " + deliver.delivery().id());
        } else if (effect instanceof Effect.Send send && isBroadcast(cause, send.message())) {
            sent(node, cause, send.link(), send.message().id());
        }
    }

    private void sent(Incarnation node, Event cause, LinkId link, Bytes id) {
        LinkEnd end = node.end(link);
        if (end == null) {
            return;
        }
        long now = node.host().schedule().now();
        Passage passage = passage(id, now);
        sends++;
        mostSends = Math.max(mostSends, ++passage.sends);
        Long before = passage.sent.put(end.number(), now);
        boolean isNew = before == null || now - before >= remember(node);
        Invariant.require(
                isNew,
                "M-4",
                node,
                () -> "sends a broadcast twice to " + end.remote().name() + ": " + id);
        boolean isBack = cause instanceof Event.Received received
                && received.link().equals(link)
                && received.frame().id().equals(id);
        Invariant.require(
                !isBack,
                "M-4",
                node,
                () -> "sends a broadcast back to " + end.remote().name() + ": " + id);
    }

    private Passage passage(Bytes id, long now) {
        Iterator<Passage> oldest = passages.values().iterator();
        // Twice the time that any node remembers: a node may hear of it late.
        while (oldest.hasNext() && now - oldest.next().seenAt > 600L * 1_000_000_000L) {
            oldest.remove();
        }
        return passages.computeIfAbsent(id.compact(), key -> new Passage(now));
    }

    private static long remember(Incarnation node) {
        return node.limits().nanos(Timer.REMEMBER_BROADCAST);
    }

    private static boolean isBroadcast(Event cause, PackedMessage message) {
        if (cause instanceof Event.Received received && received.frame().id().equals(message.id())) {
            return received.type() == Opcode.BROADCAST.number();
        }
        // Our own messages have a head of one byte, and the type in the next (MSG-3).
        Bytes bare = message.bare();
        return bare.length() > 1 && bare.get(1) == Opcode.BROADCAST.number();
    }

    /** Where one broadcast has been, by the numbers of lives and of ends. */
    private static final class Passage {
        private final long seenAt;
        private final Map<Integer, Long> delivered = new HashMap<>();
        private final Map<Long, Long> sent = new HashMap<>();
        private int sends;

        Passage(long seenAt) {
            this.seenAt = seenAt;
        }
    }
}
