/**
 * What an application holds: {@link today.p2p.MeshNetwork}, one node of a network that speaks the protocol of
 * p2p.today 0.7; {@link today.p2p.SyncTable}, a dictionary that every node holds; {@link today.p2p.ChordTable}, one that
 * is spread over the nodes that joined. Start with the {@code builder()} of the one that you want.
 *
 * <p>Everything here is safe for use by several threads unless it says otherwise. What takes a hop is a
 * {@link java.util.concurrent.CompletableFuture}; callbacks and futures run on the callback executor and may
 * block; what holds a resource is {@link java.lang.AutoCloseable}.
 */
@NullMarked
package today.p2p;

import org.jspecify.annotations.NullMarked;
