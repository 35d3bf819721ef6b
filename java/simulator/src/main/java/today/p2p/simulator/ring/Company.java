package today.p2p.simulator.ring;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;

/** What one node was told of its peers, and the owner rule over it, gone through one by one (CHO-5, CRD-2). */
final class Company {
    private final BigInteger self;
    private final Map<LinkId, Peer> peers = new TreeMap<>();

    Company(NodeId self) {
        this.self = self.number();
    }

    void add(LinkId link, Handshake peer) {
        // The mesh has moved the peer to this link.
        peers.values().removeIf(older -> older.place.equals(peer.id().number()));
        peers.put(link, new Peer(link, peer.id().number(), peer.lineage() == Lineage.KIT, false));
    }

    void remove(LinkId link) {
        peers.remove(link);
    }

    void clear() {
        peers.clear();
    }

    /** What a peer says of itself. */
    void set(LinkId link, boolean isJoined) {
        peers.computeIfPresent(link, (key, peer) -> new Peer(link, peer.place, peer.isKit, isJoined));
    }

    int joined() {
        return (int) peers.values().stream().filter(Peer::isJoined).count();
    }

    /** Whether a peer is neither py2p nor js2p. */
    boolean isKit(LinkId link) {
        Peer peer = peers.get(link);
        return peer != null && peer.isKit;
    }

    /** The joined peers at a position and behind it, nearest first. */
    Stream<Peer> behind(Spot spot) {
        return peers.values().stream()
                .filter(Peer::isJoined)
                .sorted(Comparator.comparing((Peer peer) -> spot.from(peer.place)));
    }

    /** The joined peer that owns a position; empty when this node does, or nobody. */
    Optional<LinkId> owner(Spot spot, boolean isJoined) {
        return behind(spot)
                .findFirst()
                .filter(peer -> !isJoined || spot.from(peer.place).compareTo(spot.from(self)) < 0)
                .map(Peer::link);
    }

    /** To whom the owner owes copies (CRD-26). */
    List<LinkId> copies(Spot spot, int count) {
        return behind(spot).limit(count).filter(Peer::isKit).map(Peer::link).toList();
    }

    /** The nearest joined peer behind a position, this node aside. */
    @Nullable
    LinkId nearest(Spot spot) {
        return behind(spot).findFirst().map(Peer::link).orElse(null);
    }

    /** A peer. */
    record Peer(LinkId link, BigInteger place, boolean isKit, boolean isJoined) {}
}
