package today.p2p.link;

import today.p2p.ids.NodeId;

/** Which of two links to one peer stays, so that both sides close the same one (DUP-1). */
public enum DuplicateLink {
    /** The link that was there first is closed. */
    CLOSE_OLD,
    /** The link that has just completed its handshake is closed. */
    CLOSE_NEW;

    /**
     * Decides when a second link to a peer completes its handshake: the one stays that the node
     * with the larger id dialled.
     *
     * @param own the id of this node
     * @param peer the id at the other end of both links
     * @param newIsOutgoing whether this node dialled the second link
     */
    public static DuplicateLink decide(NodeId own, NodeId peer, boolean newIsOutgoing) {
        // As numbers: two texts of one number are the same here, though not the same id.
        boolean ownIsLarger = own.number().compareTo(peer.number()) > 0;
        return ownIsLarger == newIsOutgoing ? CLOSE_OLD : CLOSE_NEW;
    }
}
