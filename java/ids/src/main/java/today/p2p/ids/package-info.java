/**
 * The ids of chapter 5 of the specification: base58, protocol id and node id.
 *
 * <p>What a peer sends as an id is text that may be anything; {@link
 * today.p2p.ids.NodeId#read} and {@link today.p2p.ids.Base58#read} answer with
 * a value or a {@link today.p2p.msgpack.Malformed}.
 */
@NullMarked
package today.p2p.ids;

import org.jspecify.annotations.NullMarked;
