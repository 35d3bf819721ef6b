package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;

/**
 * The owner that the machine finds is the one that 0.7 finds. The rule is written down here once more, from what 0.7
 * does and with integers alone: nothing of it is the machine's.
 *
 * <p>{@code -Dchord.pairs=1000000} for more pairs of a ring and a key, {@code -Dchord.seed=2} for other ones.
 */
class OwnerRuleTest {
    private static final int PAIRS = Integer.getInteger("chord.pairs", 100_000);
    private static final int KEYS_A_RING = 100;
    private static final BigInteger RING = BigInteger.valueOf(2).pow(384);
    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final Time NOW = new Time(0, 0);

    @Test
    void theOwnerIsThatOfTheRuleOnRandomRings() {
        // CHO-5, CRD-2
        long seed = Long.getLong("chord.seed", 1);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int pairs = 0;
        for (int ring = 1; pairs < PAIRS; ring++) {
            String where = "seed " + seed + ", ring " + ring;
            Rule rule = new Rule(number(random));
            Members members = new Members(id(rule.self));
            populate(rule, members, random);
            for (int key = 0; key < KEYS_A_RING; key++, pairs++) {
                // Positions of sha512 are not reduced (CHO-3).
                BigInteger position = random.nextInt(10) == 0 ? rule.someNode(random) : number(random, 512);
                Optional<LinkId> found = members.owner(RingId.of(position)).map(Members.Member::link);
                assertThat(found.orElse(Rule.SELF)).as(where).isEqualTo(rule.find(position));
            }
        }
    }

    /** A node with up to 19 peers, mostly, and now and then with some hundreds; a quarter of them leeching. */
    private static void populate(Rule rule, Members members, RandomGenerator random) {
        boolean joins = random.nextBoolean();
        members.join(joins);
        rule.isStoring = joins;
        int peers = random.nextInt(50) == 0 ? 300 + random.nextInt(300) : random.nextInt(20);
        for (int index = 1; index <= peers; index++) {
            BigInteger number = random.nextInt(10) == 0 ? rule.someNode(random) : number(random);
            LinkId link = new LinkId(index);
            members.add(link, new Handshake(id(number), new Address("203.0.113.9", 1), List.of(), List.of()));
            boolean isStoring = random.nextInt(4) > 0;
            if (isStoring) {
                members.set(link, true, NOW);
            }
            rule.add(number, isStoring);
        }
    }

    /** Of an id: rings of close ids as well, where ties and wraps are frequent. */
    private static BigInteger number(RandomGenerator random) {
        return number(random, random.nextInt(3) == 0 ? 4 : 384);
    }

    private static BigInteger number(RandomGenerator random, int bits) {
        byte[] bytes = new byte[bits / 8 + 1];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).mod(BigInteger.valueOf(2).pow(bits));
    }

    /** The id with a number, in base58. */
    private static NodeId id(BigInteger number) {
        StringBuilder text = new StringBuilder();
        BigInteger rest = number;
        do {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(58));
            text.insert(0, DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        } while (rest.signum() > 0);
        return NodeId.read(Bytes.ofUtf8(text.toString())).value().orElseThrow();
    }

    /** 0.7's: of itself, if it stores, and the peers that do, the one with the least distance; the first of equals. */
    private static final class Rule {
        /** Who is no peer. */
        static final LinkId SELF = new LinkId(0);

        final BigInteger self;
        boolean isStoring;
        private final List<BigInteger> peers = new ArrayList<>();
        private final List<Boolean> storing = new ArrayList<>();

        Rule(BigInteger self) {
            this.self = self;
        }

        void add(BigInteger peer, boolean isStoring) {
            peers.add(peer);
            storing.add(isStoring);
        }

        BigInteger someNode(RandomGenerator random) {
            int index = random.nextInt(peers.size() + 1);
            return index == 0 ? self : peers.get(index - 1);
        }

        LinkId find(BigInteger key) {
            LinkId found = SELF;
            BigInteger least = isStoring ? distance(self, key) : RING;
            for (int index = 0; index < peers.size(); index++) {
                BigInteger distance = storing.get(index) ? distance(peers.get(index), key) : RING;
                if (distance.compareTo(least) < 0) {
                    found = new LinkId(index + 1);
                    least = distance;
                }
            }
            return found;
        }

        private static BigInteger distance(BigInteger from, BigInteger to) {
            return to.subtract(from).mod(RING);
        }
    }
}
