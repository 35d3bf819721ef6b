package today.p2p.chord;

import today.p2p.msgpack.Value;

/** Whoever waits for what a peer holds at a position. */
interface Waiter {
    /** An answer; nil may be followed by another one (CRD-15). */
    void answered(Value value, Out out);

    /** No answer comes any more, unless one has come. */
    void lost(Out out);
}
