/**
 * The work that the network benchmark measures, done by Mesh Networks and by plain Netty, each time in new
 * processes.
 *
 * <p>The way in is {@link today.p2p.network.Trial}. Only the benchmarks see this module.
 */
@NullMarked
package today.p2p.network;

import org.jspecify.annotations.NullMarked;
