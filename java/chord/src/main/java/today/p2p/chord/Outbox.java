package today.p2p.chord;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Size;
import today.p2p.kernel.TableEffect;
import today.p2p.msgpack.Value;

/**
 * What is said to peers, and waits here while much waits on their links: a link is lost to whoever puts too much on
 * it (LNK-23), and a peer that reads is to lose none for a large value, or for many of them (CRD-32).
 */
final class Outbox {
    /** What a message takes beside its items. */
    private static final int AROUND = 128;

    private static final Outcome CLOSED = new ChordOutcome.Refused(ChordOutcome.Refusal.CLOSED, "the node was closed");

    private final long chunk;
    private final long most;
    private final Map<LinkId, Lane> lanes = new TreeMap<>();
    private long waiting;
    private boolean isClosed;

    Outbox(NodeLimits limits) {
        chunk = limits.portion();
        most = limits.of(Limit.MAX_QUEUE);
    }

    /** There is a peer. */
    void begin(LinkId link) {
        lanes.put(link, new Lane());
    }

    /**
     * Says something, now or when the link has room, behind what waits already.
     *
     * @param ticket of a call of this node's application, which waits itself, so that nothing of it is dropped
     * @return whether it is said, if the link stays; not when there is none, or too much waits
     */
    boolean pass(TableEffect.Whisper whisper, @Nullable Ticket ticket, Out out) {
        Lane lane = lanes.get(whisper.link());
        if (lane == null) {
            return false;
        }
        Item item = new Item(whisper, size(whisper), ticket);
        if (lane.items.isEmpty() && lane.takes(item)) {
            lane.hand(item, out);
            return true;
        }
        if (ticket == null && waiting + lane.bytes + item.size > most) {
            return false; // a link may have as much as it leaves to all others
        }
        if (ticket != null) {
            ticket.open++;
        }
        lane.items.add(item);
        lane.bytes += item.size;
        waiting += item.size;
        lane.ask(whisper.link(), out);
        return true;
    }

    /** A link has room. */
    void room(LinkId link, Out out) {
        Lane lane = lanes.get(link);
        if (lane == null) {
            return;
        }
        lane.handed = 0;
        lane.isAsked = false;
        while (!lane.items.isEmpty() && lane.takes(lane.items.element())) {
            lane.hand(take(lane, out), out);
        }
        if (!lane.items.isEmpty()) {
            lane.ask(link, out);
        }
    }

    /** Whether something waits for a link. */
    boolean isWaiting(LinkId link) {
        Lane lane = lanes.get(link);
        return lane != null && !lane.items.isEmpty();
    }

    void left(LinkId link, Out out) {
        Lane lane = lanes.remove(link);
        while (lane != null && !lane.items.isEmpty()) {
            take(lane, out);
        }
    }

    void close(Out out) {
        isClosed = true;
        lanes.keySet().stream().toList().forEach(link -> left(link, out));
    }

    private Item take(Lane lane, Out out) {
        Item item = lane.items.remove();
        lane.bytes -= item.size;
        waiting -= item.size;
        if (item.ticket != null) {
            item.ticket.open--;
            item.ticket.look(isClosed && item.ticket.then != null ? CLOSED : item.ticket.then, out);
        }
        return item;
    }

    private static long size(TableEffect.Whisper whisper) {
        long size = AROUND;
        for (Value item : whisper.payload()) {
            size += Size.bytes(item);
        }
        return size;
    }

    /** What a call says, of which nothing is dropped; the call ends when nothing of it waits. */
    static final class Ticket {
        private final long call;
        private final @Nullable Outcome then;
        private int open;
        private boolean isComplete;

        /** @param then what the call ends with; null when it does not end by this */
        Ticket(long call, @Nullable Outcome then) {
            this.call = call;
            this.then = then;
        }

        /** The call says no more. */
        void complete(Out out) {
            isComplete = true;
            look(then, out);
        }

        private void look(@Nullable Outcome outcome, Out out) {
            if (isComplete && open == 0 && outcome != null) {
                out.complete(call, outcome);
            }
        }
    }

    private record Item(
            TableEffect.Whisper whisper,
            long size,
            @Nullable Ticket ticket) {}

    /** One link. */
    private final class Lane {
        private final Deque<Item> items = new ArrayDeque<>();
        private long bytes;
        /** Since the link last had room. */
        private long handed;

        private boolean isAsked;

        /** One message of any size, and up to a chunk. */
        boolean takes(Item item) {
            return handed == 0 || handed + item.size <= chunk;
        }

        void hand(Item item, Out out) {
            handed += item.size;
            out.add(item.whisper);
            if (handed > chunk / 2) {
                ask(item.whisper.link(), out);
            }
        }

        void ask(LinkId link, Out out) {
            if (!isAsked) {
                isAsked = true;
                out.perform(new Effect.AskRoom(link));
            }
        }
    }
}
