package today.p2p;

import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;

/**
 * A node that there is an open link to.
 *
 * @param id which it claims; nothing proves it
 * @param address under which it says that others reach it; port 0 when it does not listen
 */
public record Peer(NodeId id, Address address) {}
