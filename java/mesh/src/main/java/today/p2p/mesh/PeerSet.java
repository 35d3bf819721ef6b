package today.p2p.mesh;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Bytes;

/** The peers: nodes whose own handshake was accepted, one link each (MSH-1, MSH-2). */
final class PeerSet {
    // Both have an order of their own, so that two runs send in one order.
    private final Map<Bytes, Peer> byId = new LinkedHashMap<>();
    private final Map<LinkId, Peer> byLink = new TreeMap<>();

    /** Adds a peer, in the place of the link that it had before. */
    void put(Peer peer) {
        Peer before = byId.put(peer.info().id().bytes(), peer);
        if (before != null) {
            byLink.remove(before.link());
        }
        byLink.put(peer.link(), peer);
    }

    Optional<Peer> remove(LinkId link) {
        Peer peer = byLink.remove(link);
        if (peer != null) {
            byId.remove(peer.info().id().bytes());
        }
        return Optional.ofNullable(peer);
    }

    Optional<Peer> ofLink(LinkId link) {
        return Optional.ofNullable(byLink.get(link));
    }

    Optional<Peer> ofId(Bytes id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Peer> all() {
        return Collections.unmodifiableCollection(byLink.values());
    }

    int outgoing() {
        return (int) byLink.values().stream().filter(Peer::isOutgoing).count();
    }
}
