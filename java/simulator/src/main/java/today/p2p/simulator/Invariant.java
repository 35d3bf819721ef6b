package today.p2p.simulator;

import java.util.List;
import java.util.function.Supplier;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;

/** A watcher of runs: what it is shown must keep the rules of INVARIANTS.md, or it throws {@link
 * SimulationFailure.Broken}. */
interface Invariant {
    /** A link tells its node something. */
    default void told(Incarnation node, LinkEnd end, Event event) {}

    /** The application asks its node for something. */
    default void called(Incarnation node, Call call) {}

    /** A node does something because of an event. */
    default void did(Incarnation node, Event cause, Effect effect) {}

    /** A node has handled all that was told to it. */
    default void settled(Incarnation node) {}

    /** Throws unless the invariant with that id holds for what was seen of a node. */
    static void require(boolean holds, String id, Incarnation node, Supplier<String> detail) {
        if (!holds) {
            throw new SimulationFailure.Broken(id, node.host().name() + " " + detail.get());
        }
    }

    /** All of them as one, shown everything in turn. */
    static Invariant all(Invariant... watchers) {
        return new All(List.of(watchers));
    }

    /** Several in one. */
    record All(List<Invariant> watchers) implements Invariant {
        @Override
        public void told(Incarnation node, LinkEnd end, Event event) {
            watchers.forEach(one -> one.told(node, end, event));
        }

        @Override
        public void called(Incarnation node, Call call) {
            watchers.forEach(one -> one.called(node, call));
        }

        @Override
        public void did(Incarnation node, Event cause, Effect effect) {
            watchers.forEach(one -> one.did(node, cause, effect));
        }

        @Override
        public void settled(Incarnation node) {
            watchers.forEach(one -> one.settled(node));
        }
    }
}
