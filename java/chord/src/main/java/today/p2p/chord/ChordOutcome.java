package today.p2p.chord;

import java.util.List;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Outcome;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;

/** How a {@link ChordCall} ended. */
public sealed interface ChordOutcome extends Outcome.OfTable {

    /** Three of five positions hold this value (CRD-22). */
    record Found(Value value) implements ChordOutcome {}

    /** No value can be had, and at least three positions hold nothing (CRD-23). */
    record Absent() implements ChordOutcome {}

    /** Five positions have answered, and no three are equal. */
    record NoMajority() implements ChordOutcome {}

    /**
     * The time was up.
     *
     * @param answers how many of five positions had answered
     */
    record TimedOut(int answers) implements ChordOutcome {}

    /** Nothing was done. */
    record Refused(Refusal why, String detail) implements ChordOutcome {}

    /** Why nothing was done. */
    enum Refusal {
        /** Neither this node has joined nor a peer. */
        NOBODY_JOINED(ErrorCode.ABSENT),
        /** A key above max-key, or a value above max-value (CRD-10). */
        TOO_LARGE(ErrorCode.LIMIT),
        /** More than max-reads calls that read (CRD-24). */
        TOO_MANY(ErrorCode.LIMIT),
        /** A merge into a value that is no map, or of a map that no position takes (CRD-9). */
        SHAPE(ErrorCode.SHAPE),
        /** The node was closed. */
        CLOSED(ErrorCode.ABSENT);

        private final ErrorCode code;

        Refusal(ErrorCode code) {
            this.code = code;
        }

        /** The code of the registry of errors. */
        public ErrorCode code() {
            return code;
        }
    }

    /** The stores are on their way; of a confirmed one, three of five positions hold it. */
    record Stored() implements ChordOutcome {}

    /** The five nodes that are responsible for a key, in the order of the tables. */
    record Owners(List<NodeId> nodes) implements ChordOutcome {
        public Owners {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * The node has left the ring.
     *
     * @param unconfirmed how many of its entries nobody was seen to hold
     */
    record Left(int unconfirmed) implements ChordOutcome {}
}
