package today.p2p.simulator;

import java.util.HashMap;
import java.util.Map;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.CloseReason.Cause;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.ErrorCode;

/**
 * A link tells of itself alone, and in order: up, greeted, messages, down (M-7, M-8). A link that lives is not
 * given up to another one with its peer's id (M-3). Links between honest nodes break no rule (M-7).
 */
final class LinkInvariants implements Invariant {
    // Only asked, never gone through.
    private final Map<Long, Life> lives = new HashMap<>();
    private int honestLost;

    /** How many open links between two honest nodes ended although neither closed them. */
    int honestLost() {
        return honestLost;
    }

    @Override
    public void told(Incarnation node, LinkEnd end, Event event) {
        Life life = lives.computeIfAbsent(end.number(), number -> new Life());
        if (event instanceof Event.LinkUp up) {
            own(node, end, up.link());
            Invariant.require(life.stage == Stage.NEW, "M-8", node, () -> end.id() + " is up twice");
            life.stage = Stage.UP;
        } else if (event instanceof Event.Greeted greeted) {
            own(node, end, greeted.link());
            boolean inTurn = life.stage == Stage.UP || life.stage == Stage.GREETED;
            Invariant.require(inTurn, "M-8", node, () -> end.id() + " is greeted when it is " + life.stage);
            life.openSince = life.stage == Stage.UP ? node.now().nanos() : life.openSince;
            life.stage = Stage.GREETED;
        } else if (event instanceof Event.Received received) {
            own(node, end, received.link());
            Invariant.require(
                    life.stage == Stage.GREETED, "M-8", node, () -> "a message on " + end.id() + ", " + life.stage);
        } else if (event instanceof Event.LinkDown down) {
            own(node, end, down.link());
            boolean inTurn = life.stage == Stage.UP || life.stage == Stage.GREETED;
            Invariant.require(inTurn, "M-8", node, () -> end.id() + " is down when it is " + life.stage);
            down(node, end, down.reason(), life.stage == Stage.GREETED);
            life.stage = Stage.DOWN;
        }
    }

    @Override
    public void did(Incarnation node, Event cause, Effect effect) {
        if (effect instanceof Effect.Close close && close.reason().cause() == Cause.DUPLICATE) {
            duplicate(node, cause, close.link());
        }
    }

    private void duplicate(Incarnation node, Event cause, LinkId closed) {
        boolean isNewer =
                cause instanceof Event.Greeted greeted && greeted.link().equals(closed);
        LinkEnd end = node.end(closed);
        if (!isNewer && end != null) {
            // The node counts from when it heard of the handshake, a hop later than the link.
            long hop = node.host().world().network().conditions().hop();
            Life life = lives.computeIfAbsent(end.number(), number -> new Life());
            long age = node.now().nanos() - life.openSince - hop;
            boolean isYoung = age < node.limits().nanos(Timer.DUPLICATE_WITHIN);
            Invariant.require(
                    isYoung,
                    "M-3",
                    node,
                    () -> "gives up a live link to " + end.remote().name());
        }
    }

    private void down(Incarnation node, LinkEnd end, CloseReason reason, boolean wasOpen) {
        if (!(end.remote() instanceof Host)) {
            return;
        }
        boolean isSelf = end.remote() == node.host();
        boolean isSound = reason.error() == null
                || reason.error() == ErrorCode.SLOW
                || reason.error() == ErrorCode.LIMIT
                || (isSelf && reason.error() == ErrorCode.ORDER);
        Invariant.require(
                isSound, "M-7", node, () -> "closes a link to " + end.remote().name() + " for " + reason);
        boolean isLost = reason.cause() == Cause.RULE || "connection reset".equals(reason.detail());
        honestLost += wasOpen && isLost ? 1 : 0;
    }

    private static void own(Incarnation node, LinkEnd end, LinkId named) {
        Invariant.require(named.equals(end.id()), "M-7", node, () -> end.id() + " speaks of " + named);
    }

    private enum Stage {
        NEW,
        UP,
        GREETED,
        DOWN
    }

    /** How far one end has come. */
    private static final class Life {
        private Stage stage = Stage.NEW;
        private long openSince;
    }
}
