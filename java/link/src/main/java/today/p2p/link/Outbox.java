package today.p2p.link;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.PackedMessage;

/** What waits to be written on one link, and the message that resend asks for (LNK-18, LNK-23, LNK-25). */
final class Outbox {
    private final NodeLimits limits;
    private final QueueBudget budget;
    private long queued;
    /** How many of these bytes are left until the end of a frame that is above the limit alone; 0: there is none. */
    private long untilLargeEnds;

    private long large;
    private long progressAt;
    private @Nullable PackedMessage last;
    private OptionalLong resentAt = OptionalLong.empty();

    Outbox(NodeLimits limits, QueueBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** Counts a frame in; what forbids it, if anything does. */
    Optional<CloseReason> add(long bytes, Time now) {
        long most = limits.of(Limit.MAX_LINK_QUEUE);
        // One frame of any size may be on its way, and what is small around it: a pong, a relay.
        boolean isTheLarge = bytes > most && untilLargeEnds == 0;
        if (!isTheLarge && counted() + bytes > most) {
            return Optional.of(CloseReason.rule(ErrorCode.LIMIT, "the peer does not read: max-link-queue"));
        }
        if (!budget.take(queued, bytes)) {
            return Optional.of(CloseReason.rule(ErrorCode.LIMIT, "peers do not read: max-queue"));
        }
        if (queued == 0) {
            progressAt = now.nanos();
        }
        queued += bytes;
        if (isTheLarge) {
            large = bytes;
            untilLargeEnds = queued;
        }
        return Optional.empty();
    }

    /** Counts bytes out. */
    void written(long bytes, Time now) {
        long out = Math.min(bytes, queued);
        budget.give(queued, out);
        queued -= out;
        untilLargeEnds = Math.max(0, untilLargeEnds - out);
        progressAt = now.nanos();
    }

    /** Lets go of everything, when the link is closed. */
    void release() {
        budget.give(queued, queued);
        queued = 0;
        untilLargeEnds = 0;
        last = null;
    }

    /** What waits, apart from the one large frame. */
    private long counted() {
        return queued - Math.min(large, untilLargeEnds);
    }

    long queued() {
        return queued;
    }

    /** Whether little waits, and nothing of a frame that no second one may meet (LNK-23). */
    boolean hasRoom() {
        return untilLargeEnds == 0 && queued <= limits.portion();
    }

    /** When bytes last left, or began to wait; means something only while some wait. */
    long progressAt() {
        return progressAt;
    }

    /** Keeps the message that was sent for resend, or nothing in its place when it is too large. */
    void remember(PackedMessage message) {
        last = message.bare().length() <= limits.of(Limit.MAX_RESEND) ? message : null;
    }

    /** The message to send again, if there is one and it is time. */
    Optional<PackedMessage> again(Time now) {
        long every = limits.nanos(Timer.RESEND_EVERY);
        boolean tooSoon = resentAt.isPresent() && now.since(resentAt.getAsLong()) < every;
        if (last == null || tooSoon) {
            return Optional.empty();
        }
        resentAt = OptionalLong.of(now.nanos());
        return Optional.of(last);
    }
}
