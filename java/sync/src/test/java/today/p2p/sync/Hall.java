package today.p2p.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
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
import today.p2p.serializer.PackedMessage;

/**
 * Replicas in one hall: queues between them in the place of links and meshes, a clock that the test moves.
 * Which queue moves next is drawn; on one queue the order is kept unless {@link #reorder} says otherwise.
 */
final class Hall {
    static final long WALL = 1_500_000_000L;
    private static final ProtocolId NET = ProtocolId.of("sync1", Encryption.PLAINTEXT);

    final List<Guest> guests = new ArrayList<>();
    private final RandomGenerator random;
    private final NodeLimits limits;
    private final boolean leasing;
    private final Map<Long, Deque<PackedMessage>> queues = new TreeMap<>();
    private boolean reorders;
    private long nanos = 5;
    private long calls;

    Hall(long seed, boolean leasing) {
        this(seed, leasing, NodeLimits.DEFAULT);
    }

    Hall(long seed, boolean leasing, NodeLimits limits) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.leasing = leasing;
        this.limits = limits;
    }

    static NodeId id(int index) {
        return NodeId.of("guest " + index, NET, "salt");
    }

    static LinkId link(int from, int to) {
        return new LinkId(1000L * from + to);
    }

    Guest add() {
        Guest guest = new Guest(guests.size());
        guests.add(guest);
        return guest;
    }

    void addAll(int count) {
        for (int index = 0; index < count; index++) {
            add();
        }
    }

    void reorder() {
        reorders = true;
    }

    void advance(long seconds) {
        nanos += seconds * Time.SECOND;
    }

    void connect(int one, int other) {
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            queues.put(link(pair[0], pair[1]).value(), new ArrayDeque<>());
            guests.get(pair[0]).neighbours.add(pair[1]);
        }
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            Guest guest = guests.get(pair[0]);
            Handshake peer = new Handshake(id(pair[1]), new Address("203.0.113.9", 1), List.of(), List.of());
            guest.perform(guest.replica.joined(link(pair[0], pair[1]), peer, true, guest.now()));
        }
    }

    void disconnect(int one, int other) {
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            queues.remove(link(pair[0], pair[1]).value());
            guests.get(pair[0]).neighbours.remove((Integer) pair[1]);
            guests.get(pair[0])
                    .replica
                    .left(link(pair[0], pair[1]), guests.get(pair[0]).now());
        }
    }

    void connectAll() {
        for (int one = 0; one < guests.size(); one++) {
            for (int other = one + 1; other < guests.size(); other++) {
                connect(one, other);
            }
        }
    }

    private Deque<PackedMessage> queue(long link) {
        return Objects.requireNonNull(queues.get(link));
    }

    /** Lets one thing arrive that is under way; false when nothing is. */
    boolean step() {
        List<Long> busy =
                queues.keySet().stream().filter(link -> !queue(link).isEmpty()).toList();
        if (busy.isEmpty()) {
            return false;
        }
        long link = busy.get(random.nextInt(busy.size()));
        Deque<PackedMessage> queue = queue(link);
        PackedMessage message = reorders ? removeAny(queue) : queue.removeFirst();
        guests.get((int) (link % 1000)).take((int) (link / 1000), message);
        return true;
    }

    void run() {
        for (int steps = 0; step(); steps++) {
            if (steps > 1_000_000) {
                throw new AssertionError("this does not come to rest");
            }
        }
    }

    private PackedMessage removeAny(Deque<PackedMessage> queue) {
        List<PackedMessage> all = new ArrayList<>(queue);
        PackedMessage chosen = all.remove(random.nextInt(all.size()));
        queue.clear();
        queue.addAll(all);
        return chosen;
    }

    static Frame frame(PackedMessage message) {
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of()).decode(message.frameFor(null))).frame();
    }

    /** One replica, and the little of a mesh that it needs. */
    final class Guest {
        final Replica replica;
        final List<SyncNews> news = new ArrayList<>();
        final List<Message> whispered = new ArrayList<>();
        private final int index;
        private final Self self;
        private final List<Integer> neighbours = new ArrayList<>();
        private final Set<Bytes> seen = new HashSet<>();
        private Outcome last = new Outcome.Done();
        private long skew;

        Guest(int index) {
            this.index = index;
            self = new Self(id(index), NET, Dialect.UNIVERSAL, new Address("203.0.113.9", 1), List.of());
            replica = new Replica(self, leasing, limits);
        }

        Time now() {
            return new Time(nanos, WALL + skew + nanos / Time.SECOND);
        }

        void skew(long seconds) {
            skew = seconds;
        }

        Outcome put(String key, Value value) {
            return put(key, value, SyncCall.Expected.ANY);
        }

        Outcome put(String key, Value value, SyncCall.Expected expected) {
            return call(new SyncCall.Put(++calls, Bytes.ofUtf8(key), value, expected));
        }

        Outcome delete(String key) {
            return put(key, Value.nil());
        }

        Outcome merge(String key, Value.Map delta) {
            return call(new SyncCall.Merge(++calls, Bytes.ofUtf8(key), delta));
        }

        private Outcome call(SyncCall call) {
            perform(replica.called(call, this::draft, now()));
            return last;
        }

        Optional<Value> get(String key) {
            return replica.entry(Bytes.ofUtf8(key)).map(TableEntry::value);
        }

        /** What the replica holds, to be compared. */
        String state() {
            return replica.entries().values().toString();
        }

        /** A message from a peer, whoever that is. */
        void told(int from, int type, Value.ByteString sender, long time, Value... payload) {
            take(from, PackedMessage.of(new Message(type, sender, time, List.of(payload)), Limits.DEFAULT));
        }

        private Optional<Draft> draft(List<Value> payload) {
            for (long time = now().wallSeconds(); time <= now().wallSeconds() + 30; time++) {
                PackedMessage message = PackedMessage.of(new Message(0, self.idValue(), time, payload), Limits.DEFAULT);
                if (!seen.contains(message.id())) {
                    return Optional.of(new Draft(time, message));
                }
            }
            return Optional.empty();
        }

        private void take(int from, PackedMessage packed) {
            Frame frame = frame(packed);
            Message message = frame.message();
            List<Value> payload = message.payload();
            int subFlag = (int) ((Value.Int) payload.get(0)).longValue();
            if (subFlag == 8) {
                return;
            }
            Event.Received event = new Event.Received(
                    link(index, from), frame, message.type(), subFlag, payload.size(), message.time());
            if (message.type() == 0) {
                if (!seen.add(frame.id())) {
                    return;
                }
                neighbours.stream()
                        .filter(to -> to != from && replica.mayRelay(event, link(index, to)))
                        .forEach(to -> queue(link(index, to).value()).add(packed));
            }
            perform(replica.received(event, now()));
        }

        private void perform(List<TableEffect> effects) {
            for (TableEffect effect : effects) {
                if (effect instanceof TableEffect.Broadcast broadcast) {
                    seen.add(broadcast.draft().message().id());
                    neighbours.stream()
                            .filter(to -> !broadcast.except().contains(link(index, to)))
                            .forEach(to -> queue(link(index, to).value())
                                    .add(broadcast.draft().message()));
                } else if (effect instanceof TableEffect.Whisper whisper) {
                    Message message = new Message(2, self.idValue(), now().wallSeconds(), whisper.payload());
                    whispered.add(message);
                    queue(whisper.link().value()).add(PackedMessage.of(message, Limits.DEFAULT));
                } else if (((TableEffect.Perform) effect).effect() instanceof Effect.TellTable tell) {
                    news.add((SyncNews) tell.news());
                } else if (((TableEffect.Perform) effect).effect() instanceof Effect.Complete complete) {
                    last = complete.outcome();
                } else if (((TableEffect.Perform) effect).effect() instanceof Effect.AskRoom ask) {
                    perform(replica.hasRoom(ask.link(), now()));
                }
            }
        }
    }
}
