/**
 * Real py2p and js2p nodes doing the work of the network benchmark: processes that are told and asked by lines.
 *
 * <p>The ways in are {@link today.p2p.network.living.LivingPeer} and {@link today.p2p.network.living.LivingNode}. What
 * the lines are, {@code benchmarks/README.md} says.
 */
@NullMarked
package today.p2p.network.living;

import org.jspecify.annotations.NullMarked;
