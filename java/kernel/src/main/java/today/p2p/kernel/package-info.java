/**
 * What the machines of a node agree on: time as an argument, the names of links and peers, what goes in
 * ({@link today.p2p.kernel.Event}), what comes out ({@link today.p2p.kernel.Effect}), and every limit
 * ({@link today.p2p.kernel.NodeLimits}). Chapters 12 and 13 of the specification.
 *
 * <p>One input and the time go in, a list of outputs comes out, nothing else happens: this package knows no
 * socket, clock, thread or source of randomness.
 */
@NullMarked
package today.p2p.kernel;

import org.jspecify.annotations.NullMarked;
