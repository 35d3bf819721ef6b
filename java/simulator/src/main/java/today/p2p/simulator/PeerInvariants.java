package today.p2p.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Handshake;
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

    // Only asked, never gone through: by the numbers of lives.
    private final Map<Integer, List<Seen>> seen = new HashMap<>();
    private long times;

    @Override
    public void settled(Incarnation node) {
        int links = node.ends().size();
        if (links <= FEW || times++ % links == 0) {
            check(node);
        }
    }

    private void check(Incarnation node) {
        if (!isAsBefore(node)) {
            seen.put(node.number(), peers(node));
        }
        count(node);
        long remembered = node.node().seenBroadcasts();
        Invariant.require(remembered <= node.limits().of(Limit.MAX_SEEN), "M-5", node, () -> "remembers " + remembered);
    }

    /** Whether the open links and their peers are those that were looked at: most events change none. */
    private boolean isAsBefore(Incarnation node) {
        // All in the order of their links.
        Iterator<Seen> before = seen.getOrDefault(node.number(), List.of()).iterator();
        Iterator<Peer> peers = node.node().peers().iterator();
        for (LinkEnd end : node.ends()) {
            boolean isOpen = end.state() == LinkState.OPEN;
            if (isOpen && !(peers.hasNext() && before.hasNext() && before.next().is(end, peers.next()))) {
                return false;
            }
        }
        return !peers.hasNext() && !before.hasNext();
    }

    private static List<Seen> peers(Incarnation node) {
        Set<NodeId> ids = new HashSet<>();
        List<Seen> all = new ArrayList<>();
        for (Peer peer : node.node().peers()) {
            NodeId id = peer.info().id();
            LinkEnd end = node.end(peer.link());
            boolean isOpen = end != null && end.state() == LinkState.OPEN;
            Invariant.require(isOpen, "M-1", node, () -> "has a peer without an open link: " + id);
            Invariant.require(ids.add(id), "M-2", node, () -> "has two peers with one id: " + id);
            if (end != null) {
                checkId(node, end, id);
                all.add(new Seen(end, peer, end.link().peer().orElse(null)));
            }
        }
        return all;
    }

    private static void count(Incarnation node) {
        long queued = 0;
        int open = 0;
        int greeting = 0;
        for (LinkEnd end : node.ends()) {
            LinkState state = end.state();
            open += state == LinkState.OPEN ? 1 : 0;
            greeting += state == LinkState.GREETING && !end.isDialled() ? 1 : 0;
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
        long limit = node.limits().of(Limit.MAX_LINK_QUEUE);
        long large = node.limits().frames().maxFrame() + 4L;
        // One frame above the limit may wait beside the others (LNK-23).
        long most = limit + (large > limit ? large : 0);
        Invariant.require(queued <= most, "M-5", node, () -> "has " + queued + " bytes waiting on " + end.id());
        return queued;
    }

    /** A peer that was found to be that of the handshake on its link. */
    private record Seen(LinkEnd end, Peer peer, @Nullable Handshake handshake) {
        /** Whether nothing of it has changed since. */
        @SuppressWarnings("ReferenceEquality")
        boolean is(LinkEnd nowEnd, Peer nowPeer) {
            return end == nowEnd
                    && peer == nowPeer
                    && handshake == nowEnd.link().peer().orElse(null);
        }
    }
}
