package today.p2p.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Value;

/**
 * Every call is answered once, and in time (M-9). Nodes dial what the application asks for, and otherwise only
 * public addresses, no address twice in a while, and not at a peer's every wish (M-6): few that have not found whom it
 * named.
 */
final class CallInvariants implements Invariant {
    /** Ranges that no peer in this network may make a node dial, in other words than the dial policy's. */
    private static final Pattern FORBIDDEN = Pattern.compile("(0|10|127|2[2-5]\\d)\\..*|192\\.168\\..*|169\\.254\\..*"
            + "|172\\.(1[6-9]|2\\d|3[01])\\..*|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*|.*[^0-9.].*");

    // Only asked, never gone through.
    private final Map<Integer, Life> lives = new HashMap<>();

    @Override
    public void called(Incarnation node, Call call) {
        life(node).open.add(call.number());
        long term = Math.max(
                node.limits().nanos(Timer.REQUEST_DEADLINE),
                node.host().world().network().conditions().connectTimeout()
                        + node.limits().nanos(Timer.HANDSHAKE_DEADLINE));
        node.host().schedule().in(term + Time.SECOND, () -> {
            boolean isAnswered = node.isOver() || !life(node).open.contains(call.number());
            Invariant.require(isAnswered, "M-9", node, () -> "never answers call " + call.number());
        });
    }

    @Override
    public void did(Incarnation node, Event cause, Effect effect) {
        if (effect instanceof Effect.Complete complete) {
            boolean wasOpen = life(node).open.remove(complete.call());
            Invariant.require(wasOpen, "M-9", node, () -> "answers call " + complete.call() + " twice");
        } else if (effect instanceof Effect.Dial dial) {
            dialled(node, cause, dial);
        }
    }

    @Override
    public void told(Incarnation node, LinkEnd end, Event event) {
        Map<Long, Dialled> dials = life(node).dials;
        if (event instanceof Event.LinkUp up && up.dial().isPresent()) {
            Dialled dial = dials.get(up.dial().getAsLong());
            if (dial != null) {
                life(node).byLink.put(up.link(), dial);
            }
        } else if (event instanceof Event.Greeted greeted) {
            Dialled dial = life(node).byLink.get(greeted.link());
            if (dial != null
                    && (dial.isOwn || dial.named.contains(greeted.handshake().id()))) {
                dial.hasFound = true;
                life(node).found.add(dial.address);
            }
        }
    }

    private void dialled(Incarnation node, Event cause, Effect.Dial dial) {
        boolean isOwn = cause instanceof Event.Called;
        Address address = dial.address();
        long now = node.now().nanos();
        Dialled made = new Dialled(address, isOwn, named(cause, address), now);
        life(node).dials.put(dial.dial(), made);
        if (isOwn) {
            return;
        }
        boolean isPublic =
                address.port() > 0 && !FORBIDDEN.matcher(address.host()).matches();
        Invariant.require(isPublic, "M-6", node, () -> "dials " + address + " on the word of a peer");
        Long before = life(node).dialled.put(address, now);
        Timer pause = life(node).found.contains(address) ? Timer.FOUND_AGAIN : Timer.DIAL_AGAIN;
        boolean isNew = before == null || now - before >= node.limits().nanos(pause);
        Invariant.require(isNew, "M-6", node, () -> "dials " + address + " again");
        if (cause instanceof Event.Received received) {
            Deque<Dialled> dials = life(node).bySource.computeIfAbsent(received.link(), link -> new ArrayDeque<>());
            dials.removeIf(one -> now - one.at >= node.limits().nanos(Timer.DIAL_WINDOW));
            dials.addLast(made);
            long inVain = dials.stream().filter(one -> !one.hasFound).count();
            boolean isFew = inVain <= node.limits().of(Limit.MAX_DIALS_PER_SOURCE)
                    && dials.size() - inVain <= node.limits().of(Limit.MAX_DIALS_FOUND);
            Invariant.require(isFew, "M-6", node, () -> "dials whatever " + received.link() + " names");
        }
    }

    /** The nodes that a list of peers, or a response, says to be at an address. */
    private static Set<NodeId> named(Event cause, Address address) {
        Set<NodeId> named = new HashSet<>();
        if (cause instanceof Event.Received received) {
            List<Value> payload = received.frame().message().payload();
            Value last = payload.get(payload.size() - 1);
            List<Value> items = payload.size() == 2 && last instanceof Value.Array list ? list.items() : List.of(last);
            for (Value item : items) {
                if (item instanceof Value.Array pair
                        && pair.items().size() == 2
                        && Address.read(pair.items().get(0)).equals(Optional.of(address))
                        && pair.items().get(1) instanceof Value.ByteString id) {
                    NodeId.read(id.bytes()).value().ifPresent(named::add);
                }
            }
        }
        return named;
    }

    private Life life(Incarnation node) {
        return lives.computeIfAbsent(node.number(), number -> new Life());
    }

    /** What one life of a node was asked for, and whom it dialled. */
    private static final class Life {
        private final Set<Long> open = new HashSet<>();
        private final Map<Address, Long> dialled = new HashMap<>();
        private final Map<LinkId, Deque<Dialled>> bySource = new HashMap<>();
        private final Map<Long, Dialled> dials = new HashMap<>();
        private final Map<LinkId, Dialled> byLink = new HashMap<>();
        private final Set<Address> found = new HashSet<>();
    }

    /** One dial. */
    private static final class Dialled {
        private final Address address;
        private final boolean isOwn;
        private final Set<NodeId> named;
        private final long at;
        private boolean hasFound;

        Dialled(Address address, boolean isOwn, Set<NodeId> named, long at) {
            this.address = address;
            this.isOwn = isOwn;
            this.named = named;
            this.at = at;
        }
    }
}
