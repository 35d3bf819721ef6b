package today.p2p.mesh;

import today.p2p.kernel.Address;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.PeerInfo;

/**
 * A node that we have an open link to.
 *
 * @param link the open link to it
 * @param info what its handshake said
 * @param lineage which implementation it could be (SYN-19)
 * @param remote its address as the transport has it
 * @param isOutgoing whether we dialled it
 * @param sinceNanos when its handshake was accepted, by the monotonic clock
 */
public record Peer(LinkId link, PeerInfo info, Lineage lineage, Address remote, boolean isOutgoing, long sinceNanos) {
    Peer with(PeerInfo newInfo) {
        return new Peer(link, newInfo, lineage, remote, isOutgoing, sinceNanos);
    }
}
