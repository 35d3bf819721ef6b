package today.p2p.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Delivery;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.LinkState;
import today.p2p.link.QueueBudget;
import today.p2p.msgpack.Bytes;
import today.p2p.sync.Replica;

/**
 * Nodes with links and bytes between them, all at one instant; which of the things that could happen next
 * does happen is drawn, but on one connection bytes keep their order.
 */
final class Town {
    private static final ProtocolId MESH = ProtocolId.of("mesh", Encryption.PLAINTEXT);

    private final RandomGenerator random;
    private final NodeLimits limits;
    private final Time now = new Time(0, 1_500_000_000L);
    private final List<Resident> residents = new ArrayList<>();
    private final Map<Integer, Wires> connections = new TreeMap<>();

    Town() {
        this(1);
    }

    Town(long seed) {
        this(seed, 4);
    }

    Town(long seed, int maxOutgoing) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        limits = NodeLimits.DEFAULT.with(Limit.MAX_OUTGOING, maxOutgoing);
    }

    static NodeId id(int index) {
        return NodeId.of("node " + index, MESH, "salt");
    }

    static Address address(int index) {
        return new Address("203.0.113." + (index + 1), 4444);
    }

    void add() {
        residents.add(new Resident(residents.size(), null));
    }

    /** A node that holds a Sync Table. */
    Replica addReplica() {
        int index = residents.size();
        Replica replica = new Replica(self(index), true, limits);
        residents.add(new Resident(index, replica));
        return replica;
    }

    private static Self self(int index) {
        return new Self(
                id(index),
                MESH,
                Dialect.values()[index % Dialect.values().length],
                address(index),
                List.of(Codecs.find(0x13).orElseThrow(), Codecs.find(0x21).orElseThrow()));
    }

    /** That many nodes, each connected to the one before it. */
    void line(int count) {
        for (int index = 0; index < count; index++) {
            add();
            if (index > 0) {
                call(index, new Call.Connect(1000 + index, address(index - 1)));
                run();
            }
        }
    }

    int size() {
        return residents.size();
    }

    Node node(int index) {
        return residents.get(index).node;
    }

    boolean isPeer(int one, int other) {
        return node(one).peers().stream().anyMatch(peer -> peer.info().id().equals(id(other)));
    }

    void call(int index, Call call) {
        residents.get(index).on(new Event.Called(call));
    }

    List<Effect> effects(int index) {
        return residents.get(index).effects;
    }

    List<Delivery> delivered(int index) {
        return effects(index).stream()
                .filter(Effect.Deliver.class::isInstance)
                .map(effect -> ((Effect.Deliver) effect).delivery())
                .toList();
    }

    List<String> outcomes(int index, long call) {
        return effects(index).stream()
                .filter(Effect.Complete.class::isInstance)
                .map(Effect.Complete.class::cast)
                .filter(complete -> complete.call() == call)
                .map(complete -> complete.outcome() instanceof Outcome.Failed failed
                        ? failed.error().name()
                        : complete.outcome().getClass().getSimpleName())
                .toList();
    }

    long openConnections() {
        return connections.values().stream().filter(Wires::isOpen).count();
    }

    /** Lets everything happen that is under way. */
    void run() {
        for (int steps = 0; steps < 100_000; steps++) {
            List<Wires> busy =
                    connections.values().stream().filter(Wires::isBusy).toList();
            if (busy.isEmpty()) {
                return;
            }
            busy.get(random.nextInt(busy.size())).step();
        }
        throw new AssertionError("this does not come to rest");
    }

    /** One node and its links. */
    private final class Resident {
        private final int index;
        private final Node node;
        private final Self self;
        private final QueueBudget budget = new QueueBudget(limits);
        private final Map<LinkId, Wires> links = new TreeMap<>();
        private final List<Effect> effects = new ArrayList<>();

        Resident(int index, @Nullable Table table) {
            this.index = index;
            self = self(index);
            RandomGenerator own = RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
            node = new Node(self, limits, own, table);
        }

        void on(Event event) {
            node.on(event, now).forEach(this::perform);
        }

        private void perform(Effect effect) {
            effects.add(effect);
            if (effect instanceof Effect.Send send && links.containsKey(send.link())) {
                Wires wires = links.get(send.link());
                int side = wires.side(send.link());
                wires.perform(side, wires.ends[side].send(send.message(), send.isRepeatable(), now));
            } else if (effect instanceof Effect.Close close && links.containsKey(close.link())) {
                Wires wires = links.get(close.link());
                int side = wires.side(close.link());
                wires.perform(side, wires.ends[side].close(close.reason()));
            } else if (effect instanceof Effect.AskRoom ask && links.containsKey(ask.link())) {
                Wires wires = links.get(ask.link());
                int side = wires.side(ask.link());
                wires.perform(side, wires.ends[side].askRoom());
            } else if (effect instanceof Effect.Dial dial) {
                residents.stream()
                        .filter(other -> address(other.index).equals(dial.address()))
                        .findFirst()
                        .ifPresentOrElse(
                                other -> connect(this, other, dial.dial()),
                                () -> on(new Event.DialFailed(
                                        dial.dial(),
                                        CloseReason.because(CloseReason.Cause.UNREACHABLE, "nobody there"))));
            }
        }
    }

    private void connect(Resident dialler, Resident other, long dial) {
        int number = connections.size();
        Wires wires = new Wires(dialler, other, number, dial);
        connections.put(number, wires);
    }

    /** A connection: two ends, and what is under way between them. */
    private final class Wires {
        private final Resident[] owners;
        private final Link[] ends = new Link[2];
        private final List<List<Object>> underWay = List.of(new ArrayList<>(), new ArrayList<>());
        private final LinkId[] ids;

        Wires(Resident dialler, Resident other, int number, long dial) {
            owners = new Resident[] {dialler, other};
            ids = new LinkId[] {new LinkId(2L * number), new LinkId(2L * number + 1)};
            for (int side = 0; side < 2; side++) {
                // What is under way to a side begins with the news that it is connected.
                underWay.get(side).add(side == 0 ? OptionalLong.of(dial) : OptionalLong.empty());
            }
        }

        int side(LinkId id) {
            return id.equals(ids[0]) ? 0 : 1;
        }

        boolean isOpen() {
            return ends[0] != null
                    && ends[1] != null
                    && ends[0].state() == LinkState.OPEN
                    && ends[1].state() == LinkState.OPEN;
        }

        boolean isBusy() {
            return !underWay.get(0).isEmpty() || !underWay.get(1).isEmpty();
        }

        /** The next thing that is under way arrives. */
        void step() {
            int side = underWay.get(0).isEmpty() || (!underWay.get(1).isEmpty() && random.nextBoolean()) ? 1 : 0;
            Object arrived = underWay.get(side).remove(0);
            Resident owner = owners[side];
            if (arrived instanceof OptionalLong dial) {
                ends[side] = new Link(ids[side], owner.self, limits, owner.budget, Intake.unbounded(), now);
                owner.links.put(ids[side], this);
                Address remote = new Address(address(owners[1 - side].index).host(), 50_000);
                perform(side, ends[side].start(remote, dial, now));
            } else if (arrived instanceof Bytes bytes) {
                int cut = random.nextInt(bytes.length() + 1);
                feed(side, bytes.slice(0, cut));
                feed(side, bytes.slice(cut, bytes.length()));
            } else {
                perform(side, ends[side].ended(CloseReason.because(CloseReason.Cause.REMOTE, "gone")));
            }
        }

        private void feed(int side, Bytes bytes) {
            perform(side, ends[side].received(ByteBuffer.wrap(bytes.toArray()), now));
        }

        void perform(int side, List<LinkOutput> outputs) {
            for (LinkOutput output : outputs) {
                if (output instanceof LinkOutput.Write write) {
                    underWay.get(1 - side).add(write.frame());
                    perform(side, ends[side].written(write.frame().length(), now));
                } else if (output instanceof LinkOutput.Tell tell) {
                    owners[side].on(tell.event());
                } else {
                    underWay.get(1 - side).add("end");
                }
            }
        }
    }
}
