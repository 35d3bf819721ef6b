package today.p2p.simulator.figures;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.chord.ChordCall;
import today.p2p.chord.Share;
import today.p2p.chord.Table;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/**
 * How many nodes a question passes until it is with the owner. The shares are real; links are given to them without
 * handshakes, and no more than CRD-20 wants: the nearest on both sides, and one by chance in each octave ahead. A ring
 * that has grown has more of them, and fewer hops.
 */
final class Hops {
    private static final int BITS = 384;
    private static final BigInteger RING = BigInteger.TWO.pow(BITS);
    private static final ProtocolId NET = ProtocolId.of("chord", Encryption.PLAINTEXT);
    private static final Address ADDRESS = new Address("203.0.113.9", 1);
    private static final Time NOW = new Time(0, 1_500_000_000L);

    private final RandomGenerator random;
    private final NodeId[] ids;
    private final Share[] shares;
    private long links;

    Hops(long seed, int nodes) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ids = new NodeId[nodes];
        Arrays.setAll(ids, node -> NodeId.of("node " + node, NET, "seed " + seed));
        Arrays.sort(ids, Comparator.comparing(NodeId::number));
        shares = new Share[nodes];
        Arrays.setAll(shares, node -> {
            Self self = new Self(ids[node], NET, Dialect.UNIVERSAL, ADDRESS, List.of());
            Share share = new Share(self, NodeLimits.DEFAULT, random);
            share.called(new ChordCall.Join(0), payload -> Optional.empty(), NOW);
            return share;
        });
        link();
    }

    private void link() {
        List<Set<Integer>> peers = new ArrayList<>();
        Arrays.stream(ids).forEach(id -> peers.add(new TreeSet<>()));
        for (int node = 0; node < ids.length; node++) {
            for (int other : wanted(node)) {
                peers.get(node).add(other);
                peers.get(other).add(node);
            }
        }
        Frame joined = frame(List.of(Value.of(Opcode.HANDSHAKE.number()), Value.of("0")));
        for (int node = 0; node < ids.length; node++) {
            for (int other : peers.get(node)) {
                LinkId link = new LinkId(other);
                shares[node].joined(link, new Handshake(ids[other], ADDRESS, List.of(), List.of()), true, NOW);
                shares[node].received(event(link, joined), NOW);
            }
            links += peers.get(node).size();
        }
    }

    /** Whom a node wants links to (CRD-20), in a ring that is known to all. */
    private Set<Integer> wanted(int node) {
        Set<Integer> wanted = new TreeSet<>();
        int neighbours = (int) Math.min(Limit.RING_NEIGHBOURS.standard(), (ids.length - 1) / 2);
        for (int step = 1; step <= neighbours; step++) {
            wanted.add(Math.floorMod(node + step, ids.length));
            wanted.add(Math.floorMod(node - step, ids.length));
        }
        for (int bit = BITS - 1; bit >= 0; bit--) {
            int first = at(ids[node].number().add(BigInteger.TWO.pow(bit)));
            int behind = at(ids[node].number().add(BigInteger.TWO.pow(bit + 1)));
            int count = Math.floorMod(behind - first, ids.length);
            if (count > 0) {
                wanted.add(Math.floorMod(first + 1 + random.nextInt(count), ids.length));
            }
        }
        wanted.remove(node);
        return wanted;
    }

    /** The node at or behind a place. */
    private int at(BigInteger number) {
        BigInteger place = number.mod(RING);
        int low = 0;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (ids[middle].number().compareTo(place) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.floorMod(low - 1, ids.length);
    }

    /** Has that many questions find their owners. */
    Result ask(int questions) {
        int[] hops = new int[questions];
        for (int question = 0; question < questions; question++) {
            Bytes key = Bytes.ofUtf8("question " + question);
            hops[question] = follow(random.nextInt(ids.length), key, question);
        }
        Arrays.sort(hops);
        double mean = Arrays.stream(hops).average().orElse(0);
        return new Result(
                ids.length, (double) links / ids.length, mean, hops[questions * 99 / 100], hops[questions - 1]);
    }

    private int follow(int from, Bytes key, int number) {
        BigInteger position = Table.SHA256.position(key);
        int owner = at(position);
        int node = from;
        List<TableEffect> effects =
                shares[from].called(new ChordCall.Get(number, key), payload -> Optional.empty(), NOW);
        for (int hops = 0; ; hops++) {
            if (node == owner) {
                return hops;
            }
            TableEffect.Whisper question = question(effects);
            int last = node;
            node = (int) question.link().value();
            effects = shares[node].received(event(new LinkId(last), frame(question.payload())), NOW);
        }
    }

    private static TableEffect.Whisper question(List<TableEffect> effects) {
        Value name = Value.of(Bytes.ofUtf8(Table.SHA256.hashName()));
        return effects.stream()
                .flatMap(effect -> effect instanceof TableEffect.Whisper one
                        ? Optional.of(one).stream()
                        : Optional.<TableEffect.Whisper>empty().stream())
                .filter(one -> one.payload().get(0).equals(Value.of(Opcode.RETRIEVE.number())))
                .filter(one -> one.payload().get(1).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a question ends before its owner"));
    }

    private static Frame frame(List<Value> payload) {
        Message message = new Message(Opcode.WHISPER.number(), Value.of("n"), NOW.wallSeconds(), payload);
        Bytes bytes = PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of()).decode(bytes)).frame();
    }

    private static Event.Received event(LinkId link, Frame frame) {
        List<Value> payload = frame.message().payload();
        int subFlag = (int) ((Value.Int) payload.get(0)).longValue();
        return new Event.Received(link, frame, Opcode.WHISPER.number(), subFlag, payload.size(), NOW.wallSeconds());
    }

    /**
     * What was counted.
     *
     * @param links of a node, on average
     * @param mean messages from the asker to the owner
     */
    record Result(int nodes, double links, double mean, int most99, int most) {}
}
