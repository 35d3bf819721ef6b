/**
 * What performs the effects of the machines: the link stage on the thread of each connection, the node stage
 * on one thread, callbacks on an executor, the real clock and real chance. The way in is {@link
 * today.p2p.runtime.NodeRuntime}; objects that users hold are built on it in {@code today.p2p}.
 *
 * <p>It decides nothing of the protocol: those are the machines' rules (chapters 12 and 13). Every queue
 * here is bounded by a limit of the machines, or by how many calls the application makes.
 */
@NullMarked
package today.p2p.runtime;

import org.jspecify.annotations.NullMarked;
