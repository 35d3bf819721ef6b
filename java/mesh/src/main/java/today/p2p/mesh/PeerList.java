package today.p2p.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Self;
import today.p2p.msgpack.Value;

/** The payload of {@code peers} and {@code response}: {@code [[host, port], id]} (MSH-3, MSH-4, MSH-17). */
final class PeerList {
    /** A list of so many is shuffled as a whole. */
    private static final int FEW = 256;

    private PeerList() {}

    /** One node, as the dialect sends its id. */
    static Value.Array write(PeerInfo peer, Self self) {
        return Value.array(
                peer.address().toValue(), self.dialect().nodeId(peer.id().bytes()));
    }

    /** The node that a value names, if it names one. */
    static Optional<PeerInfo> read(Value value) {
        if (!(value instanceof Value.Array pair)
                || pair.items().size() != 2
                || !(pair.items().get(1) instanceof Value.ByteString id)) {
            return Optional.empty();
        }
        Optional<NodeId> claimed = NodeId.read(id.bytes()).value();
        Optional<Address> address = Address.read(pair.items().get(0));
        return claimed.isPresent() && address.isPresent()
                ? Optional.of(new PeerInfo(claimed.get(), address.get()))
                : Optional.empty();
    }

    /** The nodes that the first {@code most} items of a list name; other items are skipped. */
    static List<PeerInfo> readAll(Value.Array list, long most) {
        List<PeerInfo> named = new ArrayList<>();
        int read = (int) Math.min(most, list.items().size());
        for (int index = 0; index < read; index++) {
            read(list.items().get(index)).ifPresent(named::add);
        }
        return named;
    }

    /**
     * At most so many of those that fit, in any order, each as likely as any other. Of a long list no more is looked at
     * than that takes: a node with many links tells each newcomer.
     */
    static List<Peer> draw(List<Peer> all, long most, Predicate<Peer> fits, RandomGenerator random) {
        if (all.size() <= FEW) {
            List<Peer> few = new ArrayList<>(all);
            few.removeIf(fits.negate());
            shuffle(few, random);
            return few.subList(0, (int) Math.min(most, few.size()));
        }
        List<Peer> drawn = new ArrayList<>();
        // What a shuffle of the whole list would have moved by then.
        Map<Integer, Integer> moved = new LinkedHashMap<>();
        for (int left = all.size(); left > 0 && drawn.size() < most; left--) {
            int at = random.nextInt(left);
            Peer next = all.get(moved.getOrDefault(at, at));
            moved.put(at, moved.getOrDefault(left - 1, left - 1));
            if (fits.test(next)) {
                drawn.add(next);
            }
        }
        return drawn;
    }

    /** Puts a list in an order that only the generator decides. */
    static <T> void shuffle(List<T> list, RandomGenerator random) {
        for (int last = list.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            T kept = list.get(last);
            list.set(last, list.get(other));
            list.set(other, kept);
        }
    }
}
