package today.p2p.kernel;

import today.p2p.ids.NodeId;

/**
 * A node as a list of peers names it.
 *
 * @param id which it claims; nothing proves it
 * @param address which it advertises
 */
public record PeerInfo(NodeId id, Address address) {}
