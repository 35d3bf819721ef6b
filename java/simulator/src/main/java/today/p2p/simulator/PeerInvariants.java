package today.p2p.simulator;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;
import today.p2p.link.LinkState;
import today.p2p.mesh.Peer;

/**
 * Every peer has one open link on which its own handshake came (M-1, M-2), and what a node holds is within
 * its limits and counted right (M-5). Nodes of a few links are looked through whenever they have settled,
 * those of many at every so many-th time as they have links.
 */
final class PeerInvariants implements Invariant {
    private static final int FEW = 16;

    private long times;

    @Override
    public void settled(Incarnation node) {
        int links = node.ends().size();
        if (links <= FEW || times++ % links == 0) {
            check(node);
        }
    }

    private static void check(Incarnation node) {
        Set<NodeId> seen = new HashSet<>();
        for (Peer peer : node.node().peers()) {
            NodeId id = peer.info().id();
            LinkEnd end = node.end(peer.link());
            boolean isOpen = end != null && end.state() == LinkState.OPEN;
            Invariant.require(isOpen, "M-1", node, () -> "has a peer without an open link: " + id);
            Invariant.require(seen.add(id), "M-2", node, () -> "has two peers with one id: " + id);
            if (end != null) {
                checkId(node, end, id);
            }
        }
        count(node);
        long remembered = node.node().seenBroadcasts();
        Invariant.require(remembered <= node.limits().of(Limit.MAX_SEEN), "M-5", node, () -> "remembers " + remembered);
    }

    private static void count(Incarnation node) {
        long queued = 0;
        int open = 0;
        int greeting = 0;
        for (LinkEnd end : node.ends()) {
            open += end.state() == LinkState.OPEN ? 1 : 0;
            greeting += end.state() == LinkState.GREETING && !end.isDialled() ? 1 : 0;
            queued += checkQueue(node, end);
        }
        int links = open;
        int peers = node.node().peers().size();
        Invariant.require(links == peers, "M-2", node, () -> "has " + peers + " peers and " + links + " open links");
        boolean isCounted = node.budget().queued() == queued;
        Invariant.require(isCounted, "M-5", node, () -> "counts wrongly what waits on all links");
        boolean isFew = greeting <= node.limits().of(Limit.MAX_HANDSHAKES);
        Invariant.require(isFew, "M-5", node, () -> "has more strangers than max-handshakes");
    }

    /** The id of the link's own handshake; an honest node's is its own. */
    private static void checkId(Incarnation node, LinkEnd end, NodeId id) {
        Optional<NodeId> shaken = end.link().peer().map(handshake -> handshake.id());
        Invariant.require(shaken.equals(Optional.of(id)), "M-1", node, () -> "has a peer that never said so: " + id);
        boolean isTrue = !(end.remote() instanceof Host honest) || honest.id().equals(id);
        Invariant.require(isTrue, "M-1", node, () -> "takes " + end.remote().name() + " for " + id);
    }

    private static long checkQueue(Incarnation node, LinkEnd end) {
        long queued = end.link().queuedBytes();
        boolean isOver = end.state() == LinkState.CLOSED;
        Invariant.require(
                isOver || queued == end.waitingBytes(), "M-5", node, () -> "counts wrongly what waits on " + end.id());
        // One frame of any size fits; what is above the limit is one frame.
        long most = Math.max(
                node.limits().of(Limit.MAX_LINK_QUEUE), node.limits().frames().maxFrame() + 4L);
        Invariant.require(queued <= most, "M-5", node, () -> "has " + queued + " bytes waiting on " + end.id());
        return queued;
    }
}
