package today.p2p.mesh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Bytes;

/**
 * The peers: nodes whose own handshake was accepted, one link each (MSH-1, MSH-2). Nothing but {@link #all} takes
 * longer the more there are.
 */
final class PeerSet {
    private final Map<Bytes, Peer> byId = new LinkedHashMap<>();
    // In an order of its own, so that two runs send in one order.
    private final LinkMap<Peer> byLink = new LinkMap<>();
    /** Those that listen: what others are told of (MSH-3). */
    private final LinkMap<Peer> listening = new LinkMap<>();

    private int outgoing;

    /** Adds a peer, in the place of the link that it had before. */
    void put(Peer peer) {
        Peer before = byId.get(peer.info().id().bytes());
        if (before != null) {
            remove(before.link());
        }
        byId.put(peer.info().id().bytes(), peer);
        byLink.put(peer.link(), peer);
        if (peer.info().address().port() != 0) {
            listening.put(peer.link(), peer);
        }
        outgoing += peer.isOutgoing() ? 1 : 0;
    }

    Optional<Peer> remove(LinkId link) {
        Peer peer = byLink.remove(link);
        if (peer != null) {
            byId.remove(peer.info().id().bytes());
            listening.remove(link);
            outgoing -= peer.isOutgoing() ? 1 : 0;
        }
        return Optional.ofNullable(peer);
    }

    Optional<Peer> ofLink(LinkId link) {
        return Optional.ofNullable(byLink.get(link));
    }

    Optional<Peer> ofId(Bytes id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<Peer> all() {
        return Collections.unmodifiableList(byLink.values());
    }

    /** Those that listen, in the order of their links. */
    List<Peer> listening() {
        return Collections.unmodifiableList(listening.values());
    }

    Optional<Peer> any(RandomGenerator random) {
        return byLink.size() == 0
                ? Optional.empty()
                : Optional.of(byLink.values().get(random.nextInt(byLink.size())));
    }

    int outgoing() {
        return outgoing;
    }
}
