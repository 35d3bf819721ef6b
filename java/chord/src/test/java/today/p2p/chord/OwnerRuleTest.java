package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.msgpack.Bytes;

/** The owner that the machine finds is the one that 0.7 finds. {@code -Dchord.pairs=1000000} for more. */
class OwnerRuleTest {
    private static final int PAIRS = Integer.getInteger("chord.pairs", 100_000);
    private static final int KEYS_A_RING = 100;

    @Test
    void theOwnerIsThatOfTheRuleOnRandomRings() {
        // CHO-5, CRD-2
        long seed = Long.getLong("chord.seed", 1);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int pairs = 0; pairs < PAIRS; pairs += KEYS_A_RING) {
            ring(random, "seed " + seed + ", ring " + pairs / KEYS_A_RING);
        }
    }

    private static void ring(RandomGenerator random, String where) {
        NodeId self = id(random);
        Members members = new Members(self);
        boolean joined = random.nextBoolean();
        members.join(joined);
        // Link 0 is this node, the first in the table of CHO-5.
        List<LinkId> candidates = new ArrayList<>();
        List<NodeId> ids = new ArrayList<>(List.of(self));
        if (joined) {
            candidates.add(new LinkId(0));
        }
        int peers = random.nextInt(20);
        for (int index = 1; index <= peers; index++) {
            NodeId id = random.nextInt(10) == 0 ? ids.get(random.nextInt(ids.size())) : id(random);
            ids.add(id);
            LinkId link = new LinkId(index);
            members.add(link, new Handshake(id, new Address("203.0.113.9", 1), List.of(), List.of()));
            if (random.nextInt(4) > 0) {
                members.set(link, true);
                candidates.add(link);
            }
        }
        for (int key = 0; key < KEYS_A_RING; key++) {
            RingId place = random.nextInt(10) == 0
                    ? RingId.of(ids.get(random.nextInt(ids.size())))
                    : RingId.of(number(random, 512));
            Optional<LinkId> rule = Nearest.OWNER.of(place, candidates, link -> RingId.of(ids.get((int) link.value())));
            Optional<LinkId> found = members.owner(place).map(Members.Member::link);
            LinkId nobodyElse = new LinkId(0);
            assertThat(found.orElse(nobodyElse)).as(where).isEqualTo(rule.orElse(nobodyElse));
        }
    }

    private static NodeId id(RandomGenerator random) {
        // Small rings of close ids as well, where ties and wraps are frequent.
        int bits = random.nextInt(3) == 0 ? 4 : 384;
        return NodeId.read(Bytes.ofUtf8(Base58.write(number(random, bits))))
                .value()
                .orElseThrow();
    }

    private static BigInteger number(RandomGenerator random, int bits) {
        byte[] bytes = new byte[bits / 8 + 1];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).and(BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
    }
}
