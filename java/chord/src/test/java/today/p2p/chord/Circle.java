package today.p2p.chord;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Draft;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.Self;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/**
 * Shares around one table: queues between them in the place of links, a clock that the test moves. Which queue
 * moves next is drawn; on one queue the order is kept. A list of peers is answered at once by the dials that the
 * table wants.
 */
final class Circle {
    static final long WALL = 1_500_000_000L;
    private static final ProtocolId NET = ProtocolId.of("chord", Encryption.PLAINTEXT);
    private static final Address ADDRESS = new Address("203.0.113.9", 1);

    final List<Seat> seats = new ArrayList<>();
    final RandomGenerator random;
    private final NodeLimits limits;
    private final Map<Long, Deque<Message>> queues = new TreeMap<>();
    private final Set<Integer> liars = new HashSet<>();
    private long nanos = 5;
    private long calls;
    long delivered;
    /** Whether a list of peers is answered by dials. */
    boolean learns = true;

    Circle(long seed) {
        this(seed, NodeLimits.DEFAULT);
    }

    Circle(long seed, NodeLimits limits) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.limits = limits;
    }

    static NodeId id(int index) {
        return NodeId.of("seat " + index, NET, "salt");
    }

    static LinkId link(int from, int to) {
        return new LinkId(10_000L * from + to);
    }

    Seat add() {
        Seat seat = new Seat(seats.size());
        seats.add(seat);
        return seat;
    }

    /** A ring of so many joined nodes, each of which came by the first. */
    static Circle of(long seed, int count) {
        Circle circle = new Circle(seed);
        for (int index = 0; index < count; index++) {
            circle.add().join();
            if (index > 0) {
                circle.connect(index, 0);
            }
            circle.run();
        }
        circle.advance(30);
        return circle;
    }

    void lies(int index) {
        liars.add(index);
    }

    void connect(int one, int other) {
        connect(one, other, Lineage.KIT);
    }

    /** Connects two; the first takes the other for this implementation. */
    void connect(int one, int other, Lineage lineage) {
        if (queues.containsKey(link(one, other).value()) || seats.get(other).isGone || one == other) {
            return;
        }
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            queues.put(link(pair[0], pair[1]).value(), new ArrayDeque<>());
            seats.get(pair[0]).neighbours.add(pair[1]);
        }
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            Seat seat = seats.get(pair[0]);
            Lineage seen = pair[0] == one ? lineage : Lineage.KIT;
            Handshake peer = new Handshake(id(pair[1]), ADDRESS, List.of(), List.of(), seen);
            seat.send(pair[1], new Message(2, seat.self.idValue(), WALL, List.of(Value.of(7), Value.of(List.of()))));
            seat.perform(seat.share.joined(link(pair[0], pair[1]), peer, true, now()));
        }
    }

    void crash(int index) {
        Seat gone = seats.get(index);
        gone.isGone = true;
        for (int other : List.copyOf(gone.neighbours)) {
            queues.remove(link(index, other).value());
            queues.remove(link(other, index).value());
            Seat seat = seats.get(other);
            seat.neighbours.remove((Integer) index);
            seat.perform(seat.share.left(link(other, index), now()));
        }
        gone.neighbours.clear();
    }

    Time now() {
        return new Time(nanos, WALL + nanos / Time.SECOND);
    }

    private Deque<Message> queue(long link) {
        return Objects.requireNonNull(queues.get(link));
    }

    boolean step() {
        List<Long> busy =
                queues.keySet().stream().filter(link -> !queue(link).isEmpty()).toList();
        if (busy.isEmpty()) {
            return false;
        }
        long link = busy.get(random.nextInt(busy.size()));
        delivered++;
        seats.get((int) (link % 10_000)).take((int) (link / 10_000), queue(link).removeFirst());
        return true;
    }

    void run() {
        for (int steps = 0; step(); steps++) {
            if (steps > 2_000_000) {
                throw new AssertionError("this does not come to rest");
            }
        }
    }

    /** Lets time pass, and all that is due in it happen. */
    void advance(long seconds) {
        long until = nanos + seconds * Time.SECOND;
        run();
        while (true) {
            OptionalLong due = seats.stream()
                    .filter(seat -> !seat.isGone)
                    .flatMapToLong(seat -> seat.share.deadline().stream())
                    .min();
            if (due.isEmpty() || due.getAsLong() > until) {
                break;
            }
            nanos = Math.max(nanos, due.getAsLong());
            for (Seat seat : seats) {
                OptionalLong own = seat.share.deadline();
                if (!seat.isGone && own.isPresent() && own.getAsLong() <= nanos) {
                    seat.perform(seat.share.tick(now()));
                }
            }
            run();
        }
        nanos = until;
    }

    static Frame frame(Message message) {
        PackedMessage packed = PackedMessage.of(message, Limits.DEFAULT);
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of()).decode(packed.frameFor(null))).frame();
    }

    /** One share, and the little of a mesh that it needs. */
    final class Seat {
        final Share share;
        final List<ChordNews> news = new ArrayList<>();
        /** What was whispered, by the other end. */
        final List<Message> whispered = new ArrayList<>();

        final Map<Long, Outcome> outcomes = new HashMap<>();
        private final int index;
        private final Self self;
        private final List<Integer> neighbours = new ArrayList<>();
        private final Set<Bytes> seen = new HashSet<>();
        private boolean isGone;

        Seat(int index) {
            this.index = index;
            self = new Self(id(index), NET, Dialect.UNIVERSAL, ADDRESS, List.of());
            share = new Share(
                    self, limits, RandomGeneratorFactory.of("L64X128MixRandom").create(index));
        }

        long join() {
            return call(new ChordCall.Join(++calls));
        }

        long leave() {
            return call(new ChordCall.Leave(++calls));
        }

        long put(String key, Value value) {
            return call(new ChordCall.Put(++calls, Bytes.ofUtf8(key), value, false));
        }

        long putConfirmed(String key, Value value) {
            return call(new ChordCall.Put(++calls, Bytes.ofUtf8(key), value, true));
        }

        long get(String key) {
            return call(new ChordCall.Get(++calls, Bytes.ofUtf8(key)));
        }

        long merge(String key, Value.Map delta) {
            return call(new ChordCall.Merge(++calls, Bytes.ofUtf8(key), delta));
        }

        long owners(String key) {
            return call(new ChordCall.Owners(++calls, Bytes.ofUtf8(key)));
        }

        void end(long call, boolean isCancelled) {
            call(new ChordCall.End(++calls, call, isCancelled));
        }

        /** Reads, and lets all happen that happens at once; null when the read is still open. */
        @Nullable
        Outcome read(String key) {
            long call = get(key);
            run();
            return outcomes.get(call);
        }

        int links() {
            return neighbours.size();
        }

        /** The first item of all that was whispered with a sub-flag. */
        List<Value> said(int subFlag) {
            return whispered.stream()
                    .map(Message::payload)
                    .filter(payload -> payload.get(0).equals(Value.of(subFlag)))
                    .map(payload -> payload.get(1))
                    .toList();
        }

        /** Why a call was refused. */
        ErrorCode failure(long call) {
            return ((ChordOutcome.Refused) Objects.requireNonNull(outcomes.get(call)))
                    .why()
                    .code();
        }

        private long call(ChordCall call) {
            perform(share.called(call, this::draft, now()));
            return call.number();
        }

        /** A message from a peer, whoever that is. */
        void told(int from, int type, Value... payload) {
            take(from, new Message(type, Value.text(id(from).bytes()), now().wallSeconds(), List.of(payload)));
        }

        private Optional<Draft> draft(List<Value> payload) {
            for (long time = now().wallSeconds(); ; time++) {
                PackedMessage message = PackedMessage.of(new Message(0, self.idValue(), time, payload), Limits.DEFAULT);
                if (!seen.contains(message.id())) {
                    return Optional.of(new Draft(time, message));
                }
            }
        }

        private void take(int from, Message message) {
            Frame frame = frame(message);
            List<Value> payload = frame.message().payload();
            int subFlag = (int) ((Value.Int) payload.get(0)).longValue();
            if (subFlag == 7) {
                learn(seats.get(from));
                return;
            }
            if (subFlag == 8) {
                seats.get(from).learn(this);
                return;
            }
            if (message.type() == 0) {
                if (!seen.add(frame.id())) {
                    return;
                }
                neighbours.stream().filter(to -> to != from).forEach(to -> send(to, message));
            }
            Event.Received event = new Event.Received(
                    link(index, from), frame, message.type(), subFlag, payload.size(), message.time());
            perform(share.received(event, now()));
        }

        private void learn(Seat other) {
            for (int named : List.copyOf(other.neighbours)) {
                if (learns && share.wants(new PeerInfo(id(named), ADDRESS))) {
                    connect(index, named);
                }
            }
        }

        private void send(int to, Message message) {
            Deque<Message> queue = queues.get(link(index, to).value());
            if (queue != null) {
                queue.add(liars.contains(index) ? lie(message) : message);
            }
        }

        private Message lie(Message message) {
            List<Value> payload = new ArrayList<>(message.payload());
            if (payload.get(0).equals(Value.of(13))) {
                payload.set(3, Value.of("a lie"));
            }
            return new Message(message.type(), message.sender(), message.time(), payload);
        }

        void perform(List<TableEffect> effects) {
            for (TableEffect effect : effects) {
                if (effect instanceof TableEffect.Broadcast broadcast) {
                    Frame frame = ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of())
                                    .decode(broadcast.draft().message().frameFor(null)))
                            .frame();
                    seen.add(frame.id());
                    neighbours.forEach(to -> send(to, frame.message()));
                } else if (effect instanceof TableEffect.Whisper whisper) {
                    Message message = new Message(2, self.idValue(), now().wallSeconds(), whisper.payload());
                    whispered.add(message);
                    send((int) (whisper.link().value() % 10_000), message);
                } else if (((TableEffect.Perform) effect).effect() instanceof Effect.TellTable tell) {
                    news.add((ChordNews) tell.news());
                } else if (((TableEffect.Perform) effect).effect() instanceof Effect.Complete complete) {
                    if (outcomes.put(complete.call(), complete.outcome()) != null) {
                        throw new AssertionError("call " + complete.call() + " ended twice");
                    }
                } else if (((TableEffect.Perform) effect).effect() instanceof Effect.AskRoom ask) {
                    perform(share.hasRoom(ask.link(), now()));
                }
            }
        }
    }
}
