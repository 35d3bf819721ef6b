package today.p2p.chord;

import today.p2p.kernel.TableNews;
import today.p2p.msgpack.Bytes;

/** What an application is told of its Chord Table (CRD-13). */
public sealed interface ChordNews extends TableNews {
    /** A key was added to the key list. */
    record Added(Bytes key) implements ChordNews {}

    /** A key was taken from the key list. */
    record Deleted(Bytes key) implements ChordNews {}
}
