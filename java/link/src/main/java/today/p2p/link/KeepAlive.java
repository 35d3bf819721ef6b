package today.p2p.link;

import java.util.OptionalLong;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;

/** Pings a silent peer, and says when a link is dead (LNK-20, LNK-21). */
final class KeepAlive {
    private final NodeLimits limits;
    private long heardAt;
    private long nextPingAt;
    private boolean awaitsPong;
    private boolean answersPings;
    private OptionalLong ponged = OptionalLong.empty();

    KeepAlive(NodeLimits limits, Time now) {
        this.limits = limits;
        heard(now);
    }

    /** Bytes came. */
    void heard(Time now) {
        heardAt = now.nanos();
        nextPingAt = now.nanos() + limits.nanos(Timer.PING_AFTER);
        awaitsPong = false;
    }

    /** A pong came: from now on this peer is expected to answer. */
    void answered() {
        answersPings = true;
    }

    /** Whether a ping is to be sent now; if so, it counts as sent. */
    boolean pings(Time now) {
        if (!now.isAtOrAfter(nextPingAt)) {
            return false;
        }
        nextPingAt = now.nanos() + limits.nanos(Timer.PING_AFTER);
        awaitsPong = true;
        return true;
    }

    /** Whether a ping is to be answered now; if so, it counts as answered. */
    boolean pongs(Time now) {
        if (ponged.isPresent() && now.since(ponged.getAsLong()) < limits.nanos(Timer.PONG_EVERY)) {
            return false;
        }
        ponged = OptionalLong.of(now.nanos());
        return true;
    }

    /** Whether the link is dead. */
    boolean isDead(Outbox out, Time now) {
        OptionalLong at = deadAt(out);
        return at.isPresent() && now.isAtOrAfter(at.getAsLong());
    }

    /** The next moment at which there is something to do here. */
    long deadline(Outbox out) {
        OptionalLong dead = deadAt(out);
        return dead.isPresent() && dead.getAsLong() - nextPingAt < 0 ? dead.getAsLong() : nextPingAt;
    }

    /** When a ping is due. */
    long nextPingAt() {
        return nextPingAt;
    }

    private OptionalLong deadAt(Outbox out) {
        long deadAfter = limits.nanos(Timer.DEAD_AFTER);
        if (out.queued() > 0) {
            // A peer that was silent before may be so: the time counts from when bytes began to wait.
            long since = out.progressAt() - heardAt > 0 ? out.progressAt() : heardAt;
            return OptionalLong.of(since + deadAfter);
        }
        return answersPings && awaitsPong ? OptionalLong.of(heardAt + deadAfter) : OptionalLong.empty();
    }
}
