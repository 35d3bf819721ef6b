package today.p2p.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/**
 * Every call is answered once, and in time (M-9). Nodes dial what the application asks for, and otherwise only
 * public addresses, no address twice in a while, and not at a peer's every wish (M-6).
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
            dialled(node, cause, dial.address());
        }
    }

    private void dialled(Incarnation node, Event cause, Address address) {
        if (cause instanceof Event.Called) {
            return;
        }
        boolean isPublic =
                address.port() > 0 && !FORBIDDEN.matcher(address.host()).matches();
        Invariant.require(isPublic, "M-6", node, () -> "dials " + address + " on the word of a peer");
        long now = node.now().nanos();
        Long before = life(node).dialled.put(address, now);
        boolean isNew = before == null || now - before >= node.limits().nanos(Timer.DIAL_AGAIN);
        Invariant.require(isNew, "M-6", node, () -> "dials " + address + " again");
        if (cause instanceof Event.Received received) {
            Deque<Long> dials = life(node).bySource.computeIfAbsent(received.link(), link -> new ArrayDeque<>());
            dials.removeIf(at -> now - at >= node.limits().nanos(Timer.DIAL_WINDOW));
            dials.addLast(now);
            boolean isFew = dials.size() <= node.limits().of(Limit.MAX_DIALS_PER_SOURCE);
            Invariant.require(isFew, "M-6", node, () -> "dials whatever " + received.link() + " names");
        }
    }

    private Life life(Incarnation node) {
        return lives.computeIfAbsent(node.number(), number -> new Life());
    }

    /** What one life of a node was asked for, and whom it dialled. */
    private static final class Life {
        private final Set<Long> open = new HashSet<>();
        private final Map<Address, Long> dialled = new HashMap<>();
        private final Map<LinkId, Deque<Long>> bySource = new HashMap<>();
    }
}
