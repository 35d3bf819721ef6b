package today.p2p.chord;

import today.p2p.kernel.Call;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** What an application asks of its Chord Table. Ends with a {@link ChordOutcome}. */
public sealed interface ChordCall extends Call.OnTable {

    /** Reads a key: {@link ChordOutcome.Found} or {@link ChordOutcome.Absent}. */
    record Get(long number, Bytes key) implements ChordCall {}

    /**
     * Sets a key, nil deletes it: {@link ChordOutcome.Stored}.
     *
     * @param isConfirmed whether the call ends only when a read has seen the value
     */
    record Put(long number, Bytes key, Value value, boolean isConfirmed) implements ChordCall {}

    /** Merges a map into the map that a key has: {@link ChordOutcome.Found} with the merged map. */
    record Merge(long number, Bytes key, Value.Map delta) implements ChordCall {}

    /** Who is responsible for a key, as far as this node sees: {@link ChordOutcome.Owners}. */
    record Owners(long number, Bytes key) implements ChordCall {}

    /**
     * Ends a read, a confirmed put or a merge that is under way, as if its deadline had come (CRD-23); done at once.
     * A call that is none of these, or has ended, stays as it is.
     *
     * @param call its number
     * @param isCancelled whether nobody wants the outcome any more: a merge then writes nothing
     */
    record End(long number, long call, boolean isCancelled) implements ChordCall {}

    /** Takes a place on the ring: done at once. */
    record Join(long number) implements ChordCall {}

    /** Hands everything over and gives up the place: {@link ChordOutcome.Left}. */
    record Leave(long number) implements ChordCall {}
}
