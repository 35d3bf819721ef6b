package today.p2p.chord;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;

/**
 * The ring as one node sees it at one moment: the joined nodes that it has links to, and itself.
 *
 * @param id the node that looks
 * @param place where it stands, or would
 * @param isJoined whether it has joined
 * @param seats all that have joined, in the order of the ring, ahead from {@code place}; the node itself first, if
 *     it has joined
 * @param leeches peers that have not joined
 * @param entries how many positions the node holds in each table, copies included
 * @param keys how many keys are on its key list
 */
public record Ring(
        NodeId id,
        RingId place,
        boolean isJoined,
        List<Seat> seats,
        List<NodeId> leeches,
        Map<Table, Integer> entries,
        int keys) {
    private static final BigDecimal WHOLE = new BigDecimal(BigInteger.TWO.pow(RingId.BITS));

    public Ring {
        seats = List.copyOf(seats);
        leeches = List.copyOf(leeches);
        entries = Map.copyOf(entries);
    }

    /**
     * One who has joined.
     *
     * @param arc which part of the ring it owns, as far as this node sees: 0 to 1
     */
    public record Seat(NodeId id, RingId place, Relation relation, double arc) {}

    /** What a joined node is to the one that looks. */
    public enum Relation {
        SELF,
        /** Among the nearest {@code ring-neighbours} on one side (CRD-20). */
        NEIGHBOUR,
        /** Further away. */
        LONG_LINK
    }

    static Ring of(
            NodeId id,
            boolean isJoined,
            Collection<Members.Member> peers,
            NodeLimits limits,
            Map<Table, Integer> entries,
            int keys) {
        RingId place = RingId.of(id);
        NavigableMap<BigInteger, NodeId> joined = new TreeMap<>();
        List<NodeId> leeches = new ArrayList<>();
        for (Members.Member peer : peers) {
            if (peer.isJoined()) {
                joined.putIfAbsent(place.distanceTo(peer.place()), peer.id());
            } else {
                leeches.add(peer.id());
            }
        }
        if (isJoined) {
            joined.put(BigInteger.ZERO, id);
        }
        leeches.sort(Comparator.comparing(NodeId::number));
        return new Ring(id, place, isJoined, seats(place, isJoined, joined, limits), leeches, entries, keys);
    }

    private static List<Seat> seats(
            RingId from, boolean isJoined, NavigableMap<BigInteger, NodeId> joined, NodeLimits limits) {
        long wanted = limits.of(Limit.RING_NEIGHBOURS);
        List<BigInteger> distances = List.copyOf(joined.keySet());
        int own = isJoined ? 1 : 0;
        List<Seat> seats = new ArrayList<>();
        for (int index = 0; index < distances.size(); index++) {
            BigInteger distance = distances.get(index);
            RingId place = RingId.of(from.value().add(distance));
            RingId next = RingId.of(from.value().add(distances.get((index + 1) % distances.size())));
            boolean isNear = index - own < wanted || distances.size() - index <= wanted;
            Relation relation = index < own ? Relation.SELF : isNear ? Relation.NEIGHBOUR : Relation.LONG_LINK;
            seats.add(new Seat(Objects.requireNonNull(joined.get(distance)), place, relation, part(place, next)));
        }
        return seats;
    }

    /** A lone node owns all of the ring. */
    private static double part(RingId place, RingId next) {
        BigInteger distance = place.distanceTo(next);
        return distance.signum() == 0
                ? 1
                : new BigDecimal(distance).divide(WHOLE, MathContext.DECIMAL64).doubleValue();
    }
}
