package today.p2p.testee;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.QueueBudget;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.node.Node;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/**
 * The machines of one node and of its links, with a clock that the caller moves and a transport that keeps
 * what is written: what a runtime is, without threads and sockets.
 */
final class Scene {
    static final long WALL = 1_500_000_000L;
    private static final long MILLI = Time.SECOND / 1000;

    final Node node;
    final List<Effect> effects = new ArrayList<>();
    final List<Written> written = new ArrayList<>();
    final List<Closed> closed = new ArrayList<>();
    private final Self self;
    private final NodeLimits limits;
    private final QueueBudget budget;
    private final Map<Long, Link> links = new TreeMap<>();
    private long nanos;
    private long wallSeconds = WALL;
    private boolean drains = true;

    /** A frame that went out. */
    record Written(long atMillis, long link, Bytes frame) {}

    /** A link that was closed by a machine. */
    record Closed(long atMillis, long link, CloseReason reason) {}

    Scene(Self self, NodeLimits limits) {
        this.self = self;
        this.limits = limits;
        budget = new QueueBudget(limits);
        node = new Node(
                self, limits, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    }

    /** The registry's limits, but for those that a request changes. */
    static NodeLimits limits(Request in) {
        NodeLimits limits = NodeLimits.DEFAULT;
        for (Limit limit : Limit.values()) {
            if (!in.isAbsent("limits") && !in.inner("limits").isAbsent(limit.registryName())) {
                limits = limits.with(limit, in.inner("limits").number(limit.registryName()));
            }
        }
        return limits;
    }

    long millis() {
        return nanos / MILLI;
    }

    /** The wall clock, from now on; it stands still. */
    void setWall(long seconds) {
        wallSeconds = seconds;
    }

    /** Whether what is written leaves at once. */
    void setDrains(boolean now) {
        drains = now;
    }

    /** Lets time pass, with every deadline kept in its turn. */
    void passTo(long millis) {
        long end = millis * MILLI;
        for (OptionalLong next = deadline(); next.isPresent() && next.getAsLong() <= end; next = deadline()) {
            nanos = Math.max(nanos, next.getAsLong());
            for (long id : List.copyOf(links.keySet())) {
                Link link = link(id);
                if (link.deadline().isPresent()
                        && now().isAtOrAfter(link.deadline().getAsLong())) {
                    perform(id, link.tick(now()));
                }
            }
            if (node.deadline().isPresent() && now().isAtOrAfter(node.deadline().getAsLong())) {
                tell(new Event.Tick());
            }
        }
        nanos = Math.max(nanos, end);
    }

    private OptionalLong deadline() {
        long least = Long.MAX_VALUE;
        for (Link link : links.values()) {
            least = Math.min(least, link.deadline().orElse(Long.MAX_VALUE));
        }
        least = Math.min(least, node.deadline().orElse(Long.MAX_VALUE));
        return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
    }

    /** A transport is up. */
    Link up(long id, String host, OptionalLong dial) {
        Link link = new Link(new LinkId(id), self, limits, budget, Intake.unbounded(), now());
        links.put(id, link);
        perform(id, link.start(new Address(host, 50_000), dial, now()));
        return link;
    }

    /** The handshake of a peer comes. */
    void greet(long link, NodeId id, Address address, Value codecs) {
        receive(
                link,
                new Message(
                        2,
                        Value.text(id.bytes()),
                        wallSeconds,
                        List.of(
                                Value.of(5),
                                Value.text(id.bytes()),
                                Value.of(self.protocol().bytes()),
                                address.toValue(),
                                codecs)));
    }

    /** An incoming link of a peer that has shaken hands. */
    Link join(long link, NodeId id, Address address) {
        Link up = up(link, address.host(), OptionalLong.empty());
        greet(link, id, address, Value.of(List.of()));
        return up;
    }

    Bytes receive(long link, Message message) {
        Bytes frame = frame(message);
        receive(link, frame.asByteBuffer());
        return frame;
    }

    private Link link(long id) {
        return Objects.requireNonNull(links.get(id));
    }

    void receive(long link, ByteBuffer bytes) {
        perform(link, link(link).received(bytes, now()));
    }

    /** Bytes have left the transport. */
    void leave(long link, long bytes) {
        link(link).written(bytes, now());
    }

    void end(long link) {
        CloseReason gone = CloseReason.because(CloseReason.Cause.REMOTE, "gone");
        perform(link, link(link).ended(gone));
    }

    void call(Call call) {
        tell(new Event.Called(call));
    }

    void tell(Event event) {
        for (Effect effect : node.on(event, now())) {
            effects.add(effect);
            if (effect instanceof Effect.Send send) {
                long id = send.link().value();
                perform(id, link(id).send(send.message(), send.isRepeatable(), now()));
            } else if (effect instanceof Effect.Close close) {
                long id = close.link().value();
                perform(id, link(id).close(close.reason()));
            }
        }
    }

    private void perform(long id, List<LinkOutput> outputs) {
        for (LinkOutput output : outputs) {
            if (output instanceof LinkOutput.Write write) {
                written.add(new Written(millis(), id, write.frame()));
                if (drains) {
                    link(id).written(write.frame().length(), now());
                }
            } else if (output instanceof LinkOutput.Shut shut) {
                closed.add(new Closed(millis(), id, shut.reason()));
            } else if (output instanceof LinkOutput.Tell told) {
                tell(told.event());
            }
        }
    }

    /** Forgets what happened so far. */
    void forget() {
        effects.clear();
        written.clear();
        closed.clear();
    }

    /** The messages that went out on a link. */
    List<Message> sentOn(long link) {
        return written.stream()
                .filter(frame -> frame.link() == link)
                .map(frame -> decoded(frame.frame()))
                .toList();
    }

    <T extends Effect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Time now() {
        return new Time(nanos, wallSeconds);
    }

    static Bytes frame(Message message) {
        return PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
    }

    Message decoded(Bytes frame) {
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, self.codecs()).decode(frame))
                .frame()
                .message();
    }
}
