package today.p2p.chord;

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
import today.p2p.kernel.Time;

/** The peers and which of them have joined; who is responsible for a place among them (CHO-5). */
final class Members {
    private static final Member[] NOBODY = {};

    private final RingId self;
    private final Map<LinkId, Member> byLink = new TreeMap<>();
    /** The joined peers, by their numbers. */
    private Member[] ring = NOBODY;

    private long lastTerm;
    private boolean isJoined;
    private volatile int joinedPeers;
    private volatile List<Member> everyone = List.of();

    Members(NodeId self) {
        this.self = RingId.of(self);
    }

    void add(LinkId link, Handshake peer) {
        byLink.put(link, new Member(link, peer.id(), RingId.of(peer.id()), peer.lineage() == Lineage.KIT, 0, 0));
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
    boolean set(LinkId link, boolean joined, Time now) {
        Member before = byLink.get(link);
        if (before == null || before.isJoined() == joined) {
            return false;
        }
        byLink.put(
                link,
                new Member(link, before.id(), before.place(), before.isKit(), joined ? ++lastTerm : 0, now.nanos()));
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
        Member[] all = ring;
        if (all.length == 0) {
            return Optional.empty();
        }
        Member nearest = all[Math.floorMod(countTo(place) - 1, all.length)];
        return isJoined && !isNearer(nearest, place) ? Optional.empty() : Optional.of(nearest);
    }

    /** The joined peers at a place and behind it, nearest first. */
    List<Member> behind(RingId place, int count) {
        Member[] all = ring;
        int first = countTo(place) - 1;
        int most = Math.min(count, all.length);
        List<Member> found = new ArrayList<>(most);
        for (int step = 0; step < most; step++) {
            found.add(all[Math.floorMod(first - step, all.length)]);
        }
        return found;
    }

    /** The joined peers at a place and ahead of it, nearest first. */
    List<Member> ahead(RingId place, int count) {
        Member[] all = ring;
        int upTo = countTo(place);
        int first = upTo > 0 && all[upTo - 1].place.equals(place) ? upTo - 1 : upTo;
        int most = Math.min(count, all.length);
        List<Member> found = new ArrayList<>(most);
        for (int step = 0; step < most; step++) {
            found.add(all[(first + step) % all.length]);
        }
        return found;
    }

    /** How many of at most {@code count} joined peers are nearer to a place than this node. */
    int rank(RingId place, int count) {
        Member[] all = ring;
        int first = countTo(place) - 1;
        int most = Math.min(count, all.length);
        int rank = 0;
        while (rank < most && isNearer(all[Math.floorMod(first - rank, all.length)], place)) {
            rank++;
        }
        return rank;
    }

    /** Whether a peer is nearer to a place than this node. */
    boolean isNearer(Member member, RingId place) {
        return place.isNearer(member.place(), self);
    }

    /** How many joined peers have no larger number. */
    private int countTo(RingId place) {
        int low = 0;
        int high = ring.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ring[middle].place.compareNumber(place) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void index() {
        // Of two peers at one place the first counts, as CHO-5 has it.
        NavigableMap<RingId, Member> joined = new TreeMap<>(RingId::compareNumber);
        byLink.values().stream().filter(Member::isJoined).forEach(member -> joined.putIfAbsent(member.place(), member));
        ring = joined.values().toArray(NOBODY);
        joinedPeers = ring.length;
        everyone = List.copyOf(byLink.values());
    }

    /**
     * A peer.
     *
     * @param isKit whether it is neither py2p nor js2p (SYN-19)
     * @param term a number that no other has, and this one only until its link is gone or it leaves; 0 when it has not
     *     joined
     * @param sinceNanos when it said last that it has joined, or has not
     */
    record Member(LinkId link, NodeId id, RingId place, boolean isKit, long term, long sinceNanos) {
        boolean isJoined() {
            return term != 0;
        }
    }
}
