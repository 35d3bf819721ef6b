/**
 * The serializers that people would use instead, each carrying one {@link today.p2p.peers.Struct}.
 *
 * <p>The way in is {@link today.p2p.peers.Peers}. Nothing here knows this project's own serializer; only the
 * benchmarks see this module.
 */
@NullMarked
package today.p2p.peers;

import org.jspecify.annotations.NullMarked;
