package today.p2p.chord;

import java.util.Map;
import java.util.TreeMap;
import today.p2p.chord.Questions.Waiter;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Value;

/** Questions of peers, which are answered as they were asked (CRD-15). */
final class Relays {
    private final NodeLimits limits;
    private final Routing routing;
    private final Holdings holdings;
    private final Questions questions;
    private final Map<LinkId, Integer> openByLink = new TreeMap<>();

    Relays(NodeLimits limits, Routing routing, Holdings holdings, Questions questions) {
        this.limits = limits;
        this.routing = routing;
        this.holdings = holdings;
        this.questions = questions;
    }

    /** A peer asks; above max-link-questions it is not answered (CRD-18). */
    void asked(LinkId link, Position position, Value hashName, Value key, Out out) {
        boolean isOfFew = openByLink.getOrDefault(link, 0) < limits.of(Limit.MAX_LINK_QUESTIONS);
        if (isOfFew && questions.hasRoomForPeers()) {
            openByLink.merge(link, 1, Integer::sum);
            routing.find(position, link, new Relay(link, position, hashName, key), out);
        }
    }

    void left(LinkId link) {
        openByLink.remove(link);
    }

    void clear() {
        openByLink.clear();
    }

    private final class Relay implements Waiter {
        private final LinkId asker;
        private final Position position;
        private final Value hashName;
        private final Value key;
        private boolean isDone;

        Relay(LinkId asker, Position position, Value hashName, Value key) {
            this.asker = asker;
            this.position = position;
            this.hashName = hashName;
            this.key = key;
        }

        @Override
        public void answered(Value value, Out out) {
            if (done()) {
                out.retrieved(asker, hashName, key, value);
            } else if (value.kind() != Value.Kind.NIL && openByLink.containsKey(asker)) {
                // A second one: the value behind a nil.
                out.retrieved(asker, hashName, key, value);
            }
        }

        @Override
        public void lost(Out out) {
            Value own = holdings.value(position);
            if (done() && own.kind() != Value.Kind.NIL) {
                out.retrieved(asker, hashName, key, own);
            }
        }

        /** Whether this was the first answer, to a peer that is still there. */
        private boolean done() {
            if (isDone) {
                return false;
            }
            isDone = true;
            return openByLink.computeIfPresent(asker, (link, count) -> Math.max(0, count - 1)) != null;
        }
    }
}
