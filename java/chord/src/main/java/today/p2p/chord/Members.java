package today.p2p.chord;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;

/** The peers and which of them have joined; who is responsible for a place among them (CHO-5). */
final class Members {
    private final RingId self;
    private final Map<LinkId, Member> byLink = new TreeMap<>();
    private final NavigableMap<BigInteger, Member> ring = new TreeMap<>();
    private boolean isJoined;
    private volatile int joinedPeers;
    private volatile List<Member> everyone = List.of();

    Members(NodeId self) {
        this.self = RingId.of(self);
    }

    void add(LinkId link, Handshake peer) {
        byLink.put(link, new Member(link, peer.id(), RingId.of(peer.id()), peer.lineage() == Lineage.KIT, false));
        index();
    }

    /** The link of the peer with an id. */
    Optional<LinkId> linkOf(NodeId id) {
        return byLink.values().stream()
                .filter(member -> member.id().equals(id))
                .map(Member::link)
                .findFirst();
    }

    /** Whether there was such a peer and it had joined. */
    boolean remove(LinkId link) {
        Member gone = byLink.remove(link);
        index();
        return gone != null && gone.isJoined();
    }

    void clear() {
        byLink.clear();
        index();
    }

    /** What a peer says of itself; whether that is new (CRD-4). */
    boolean set(LinkId link, boolean joined) {
        Member before = byLink.get(link);
        if (before == null || before.isJoined() == joined) {
            return false;
        }
        byLink.put(link, new Member(link, before.id(), before.place(), before.isKit(), joined));
        index();
        return true;
    }

    void join(boolean joins) {
        isJoined = joins;
    }

    boolean isJoined() {
        return isJoined;
    }

    Collection<Member> all() {
        return byLink.values();
    }

    @Nullable
    Member of(LinkId link) {
        return byLink.get(link);
    }

    /** All peers of a moment ago, for any thread. */
    List<Member> everyone() {
        return everyone;
    }

    int joinedPeers() {
        return joinedPeers;
    }

    /** The joined peer that is responsible for a place; empty when this node itself is, or nobody (CHO-5). */
    Optional<Member> owner(RingId place) {
        List<Member> nearest = behind(place, 1);
        if (nearest.isEmpty() || (isJoined && !isNearer(nearest.get(0), place))) {
            return Optional.empty();
        }
        return Optional.of(nearest.get(0));
    }

    /** The joined peers at a place and behind it, nearest first. */
    List<Member> behind(RingId place, int count) {
        List<Member> found = new ArrayList<>();
        take(ring.headMap(place.value(), true).descendingMap().values(), count, found);
        take(ring.tailMap(place.value(), false).descendingMap().values(), count, found);
        return found;
    }

    /** The joined peers at a place and ahead of it, nearest first. */
    List<Member> ahead(RingId place, int count) {
        List<Member> found = new ArrayList<>();
        take(ring.tailMap(place.value(), true).values(), count, found);
        take(ring.headMap(place.value(), false).values(), count, found);
        return found;
    }

    /** How many of at most {@code count} joined peers are nearer to a place than this node. */
    int rank(RingId place, int count) {
        return (int) behind(place, count).stream()
                .filter(member -> isNearer(member, place))
                .count();
    }

    /** Whether a peer is nearer to a place than this node. */
    boolean isNearer(Member member, RingId place) {
        return member.place().distanceTo(place).compareTo(self.distanceTo(place)) < 0;
    }

    private static void take(Collection<Member> from, int count, List<Member> found) {
        for (Member member : from) {
            if (found.size() >= count) {
                return;
            }
            found.add(member);
        }
    }

    private void index() {
        ring.clear();
        // Of two peers at one place the first counts, as CHO-5 has it.
        byLink.values().stream()
                .filter(Member::isJoined)
                .forEach(member -> ring.putIfAbsent(member.place().value(), member));
        joinedPeers = ring.size();
        everyone = List.copyOf(byLink.values());
    }

    /**
     * A peer.
     *
     * @param isKit whether it is neither py2p nor js2p (SYN-19)
     */
    record Member(LinkId link, NodeId id, RingId place, boolean isKit, boolean isJoined) {}
}
