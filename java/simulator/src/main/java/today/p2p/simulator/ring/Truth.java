package today.p2p.simulator.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import today.p2p.kernel.Limit;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** The ring as it is to be, from all that run and have joined: nobody in it knows that much. */
final class Truth {
    private static final int COPIES = (int) Limit.COPIES.standard();

    private final Map<Integer, Seat> seats;
    /** By place, in the order of growing numbers. */
    private final List<Integer> order;

    Truth(Map<Integer, Seat> seats) {
        this.seats = seats;
        order = seats.keySet().stream()
                .sorted(Comparator.comparing(node -> seat(node).place))
                .toList();
    }

    /** All nodes, from the one at or behind a place on: the owner first, then those for its copies. */
    List<Integer> behind(BigInteger number) {
        BigInteger place = Spot.distance(BigInteger.ZERO, number);
        int at = order.size();
        while (at > 0 && seat(order.get(at - 1)).place.compareTo(place) > 0) {
            at--;
        }
        List<Integer> behind = new ArrayList<>();
        for (int step = 1; step <= order.size(); step++) {
            behind.add(order.get(Math.floorMod(at - step, order.size())));
        }
        return behind;
    }

    Optional<String> flaw() {
        return parted().or(this::uncopied);
    }

    /** A node that has no link to one of the nearest behind it, to which its copies go. */
    private Optional<String> parted() {
        int nearest = Math.min(COPIES + 1, order.size() - 1);
        for (int at = 0; at < order.size(); at++) {
            for (int step = 1; step <= nearest; step++) {
                int one = order.get(at);
                int other = order.get(Math.floorMod(at - step, order.size()));
                if (!seat(one).peers.contains(other)) {
                    return Optional.of("n" + one + " has no link to n" + other + ", the " + step + ". behind it");
                }
            }
        }
        return Optional.empty();
    }

    /** A position that its owner, or one of those that are to have a copy, does not hold, or holds otherwise. */
    private Optional<String> uncopied() {
        Map<String, Spot> spots = new TreeMap<>();
        seats.values().forEach(seat -> seat.held.keySet().forEach(spot -> spots.put(spot.toString(), spot)));
        for (Spot spot : spots.values()) {
            List<Integer> holders =
                    behind(spot.number()).stream().limit(COPIES + 1L).toList();
            Value value = seat(holders.get(0)).held.get(spot);
            for (int holder : holders) {
                Value held = seat(holder).held.get(spot);
                if (value == null || !value.equals(held)) {
                    return Optional.of("of n" + holders + ", n" + holder + " has " + held + " where the owner has "
                            + value + ": " + spot);
                }
            }
        }
        return Optional.empty();
    }

    int lost(Iterable<String> keys) {
        int lost = 0;
        for (String key : keys) {
            for (Spot spot : Spot.all(Bytes.ofUtf8(key))) {
                lost += seats.values().stream().noneMatch(seat -> seat.held.containsKey(spot)) ? 1 : 0;
            }
        }
        return lost;
    }

    int values(String key) {
        return (int) Spot.all(Bytes.ofUtf8(key)).stream()
                .map(spot -> seat(behind(spot.number()).get(0)).held.get(spot))
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private Seat seat(int node) {
        Seat seat = seats.get(node);
        if (seat == null) {
            throw new IllegalArgumentException("n" + node + " has not joined");
        }
        return seat;
    }

    /** One node: where it stands, the numbers of its peers, and what it holds. */
    record Seat(BigInteger place, List<Integer> peers, Map<Spot, Value> held) {}
}
