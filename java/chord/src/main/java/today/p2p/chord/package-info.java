/**
 * A ring of nodes that share the keys of a table among them: the rules of chapter 7.4 of the
 * specification.
 *
 * <p>The ways in are {@link today.p2p.chord.RingId}, a place on the ring, {@link
 * today.p2p.chord.Table}, which says where a key stands, and {@link today.p2p.chord.Nearest}, which
 * says who is responsible. This package knows no socket, clock, thread or source of randomness.
 */
@NullMarked
package today.p2p.chord;

import org.jspecify.annotations.NullMarked;
