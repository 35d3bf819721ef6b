/**
 * A table that all nodes of a network hold: the rules of chapter 7.3 of the specification.
 *
 * <p>The way in is {@link today.p2p.sync.Permission}. This package knows no socket, clock, thread
 * or source of randomness: the time is an argument.
 */
@NullMarked
package today.p2p.sync;

import org.jspecify.annotations.NullMarked;
