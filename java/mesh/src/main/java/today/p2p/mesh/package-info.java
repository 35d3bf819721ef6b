/**
 * A mesh of nodes that pass broadcasts on: the rules of chapter 7.2 of the specification.
 *
 * <p>The way in is {@link today.p2p.mesh.BroadcastRule}. This package knows no socket, clock,
 * thread or source of randomness: the time is an argument.
 */
@NullMarked
package today.p2p.mesh;

import org.jspecify.annotations.NullMarked;
