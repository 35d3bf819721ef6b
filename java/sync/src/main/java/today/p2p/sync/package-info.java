/**
 * A table that all nodes of a network hold: chapter 14 of the specification, and the permission of chapter 7.3.
 *
 * <p>The way in is {@link today.p2p.sync.Replica}, which a node holds as its table; {@link
 * today.p2p.sync.Permission} answers one question alone. This package knows no socket, clock, thread or source
 * of randomness, and no mesh: time is an argument, and what is to be sent comes out as an effect.
 */
@NullMarked
package today.p2p.sync;

import org.jspecify.annotations.NullMarked;
