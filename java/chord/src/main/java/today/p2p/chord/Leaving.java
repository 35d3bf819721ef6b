package today.p2p.chord;

import java.util.OptionalLong;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Timer;

/** The time between the wish to leave and its end, in which all that is held goes to others (CRD-29). */
final class Leaving {
    private final NodeLimits limits;
    private final Members members;
    private final Holdings holdings;
    private long call;
    private long deadline;
    private boolean isOn;

    Leaving(NodeLimits limits, Members members, Holdings holdings) {
        this.limits = limits;
        this.members = members;
        this.holdings = holdings;
    }

    void begin(long number, Out out) {
        cancel(out);
        isOn = true;
        call = number;
        deadline = out.now.nanos() + limits.nanos(Timer.LEAVE_DEADLINE);
        look(out);
    }

    /** Ends it when there is nothing left, or nobody to give it to. */
    void look(Out out) {
        if (isOn && (holdings.count() == 0 || members.joinedPeers() == 0)) {
            end(out);
        }
    }

    void tick(Out out) {
        if (isOn && out.now.isAtOrAfter(deadline)) {
            end(out);
        }
        look(out);
    }

    /** What is held now stays. */
    void cancel(Out out) {
        if (isOn) {
            isOn = false;
            out.complete(call, new ChordOutcome.Left(holdings.count()));
        }
    }

    OptionalLong deadline() {
        return isOn ? OptionalLong.of(deadline) : OptionalLong.empty();
    }

    private void end(Out out) {
        cancel(out);
        holdings.clear();
    }
}
