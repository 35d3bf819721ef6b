/**
 * A ring of nodes that share the keys of a table among them: chapters 7.4 and 15 of the
 * specification.
 *
 * <p>One node's part is {@link today.p2p.chord.Share}. The rules without state are {@link
 * today.p2p.chord.RingId}, a place on the ring, {@link
 * today.p2p.chord.Table}, which says where a key stands, and {@link today.p2p.chord.Nearest}, which
 * says who is responsible. This package knows no socket, clock, thread or source of randomness.
 */
@NullMarked
package today.p2p.chord;

import org.jspecify.annotations.NullMarked;
