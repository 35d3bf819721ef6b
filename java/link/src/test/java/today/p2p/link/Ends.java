package today.p2p.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** One link under test, and its peer as whoever writes the test wants it to be. */
final class Ends {
    static final ProtocolId MESH = ProtocolId.of("mesh", Encryption.PLAINTEXT);
    static final NodeId OWN = id("21");
    static final String PEER = "z";
    static final long WALL = 1_500_000_000L;
    static final List<Codec> ZLIB =
            List.of(Codecs.find(0x13).orElseThrow(), Codecs.find(0x11).orElseThrow());
    static final Self SELF = new Self(OWN, MESH, Dialect.UNIVERSAL, new Address("192.0.2.1", 4444), ZLIB);

    final QueueBudget budget;
    final Intake intake;
    final Link link;
    final List<LinkOutput> outputs = new ArrayList<>();
    private long nanos = 5_000_000_000L;

    Ends(NodeLimits limits) {
        this(SELF, limits, new QueueBudget(limits));
    }

    Ends(Self self, NodeLimits limits, QueueBudget budget) {
        this(self, limits, budget, Intake.unbounded());
    }

    private Ends(Self self, NodeLimits limits, QueueBudget budget, Intake intake) {
        this.budget = budget;
        this.intake = intake;
        link = new Link(new LinkId(1), self, limits, budget, intake, now());
        outputs.addAll(link.start(new Address("192.0.2.2", 1), OptionalLong.empty(), now()));
    }

    /** A link that is open: its peer lists nothing. */
    static Ends open(NodeLimits limits) {
        return open(limits, Intake.unbounded());
    }

    static Ends open(NodeLimits limits, Intake intake) {
        Ends ends = new Ends(SELF, limits, new QueueBudget(limits), intake);
        ends.receive(handshake(PEER));
        ends.link.written(ends.link.queuedBytes(), ends.now());
        ends.outputs.clear();
        return ends;
    }

    static Ends open() {
        return open(NodeLimits.DEFAULT);
    }

    Time now() {
        return new Time(nanos, WALL + nanos / Time.SECOND);
    }

    void advance(long moreNanos) {
        nanos += moreNanos;
    }

    /** Lets time pass up to each deadline in turn, as a runtime would. */
    void passSeconds(long seconds) {
        long end = nanos + seconds * Time.SECOND;
        while (link.deadline().isPresent() && link.deadline().getAsLong() <= end) {
            nanos = Math.max(nanos, link.deadline().getAsLong());
            outputs.addAll(link.tick(now()));
        }
        nanos = end;
    }

    /** The same, with a transport that takes whatever is written. */
    void passSecondsAndWrite(long seconds) {
        for (long second = 0; second < seconds; second++) {
            passSeconds(1);
            link.written(link.queuedBytes(), now());
        }
    }

    void receive(Bytes bytes) {
        outputs.addAll(link.received(bytes.asByteBuffer(), now()));
    }

    void receive(Message message) {
        receive(PackedMessage.of(message, Limits.DEFAULT).frameFor(null));
    }

    void receive(byte... bytes) {
        outputs.addAll(link.received(ByteBuffer.wrap(bytes), now()));
    }

    void send(Message message) {
        outputs.addAll(link.send(PackedMessage.of(message, Limits.DEFAULT), true, now()));
    }

    /** The frames that were written, as the peer reads them. */
    List<Message> written() {
        FrameReader reader = new FrameReader(Limits.DEFAULT, ZLIB);
        frames().forEach(frame -> reader.feed(frame.asByteBuffer()));
        List<Message> messages = new ArrayList<>();
        while (reader.next() instanceof Decoded.Complete complete) {
            messages.add(complete.frame().message());
        }
        return messages;
    }

    List<Bytes> frames() {
        return outputs.stream()
                .filter(LinkOutput.Write.class::isInstance)
                .map(output -> ((LinkOutput.Write) output).frame())
                .toList();
    }

    List<Event> told() {
        return outputs.stream()
                .filter(LinkOutput.Tell.class::isInstance)
                .map(output -> ((LinkOutput.Tell) output).event())
                .toList();
    }

    List<Frame> passed() {
        return told().stream()
                .filter(Event.Received.class::isInstance)
                .map(event -> ((Event.Received) event).frame())
                .toList();
    }

    /** Why the link was closed: the name of the error code or cause, or "open". */
    String fate() {
        List<CloseReason> reasons = told().stream()
                .filter(Event.LinkDown.class::isInstance)
                .map(event -> ((Event.LinkDown) event).reason())
                .toList();
        return switch (reasons.size()) {
            case 0 -> "open";
            case 1 ->
                reasons.get(0)
                        .errorCode()
                        .map(Enum::name)
                        .orElse(reasons.get(0).cause().name());
            default -> "told more than once";
        };
    }

    static NodeId id(String text) {
        return NodeId.read(Bytes.ofUtf8(text)).value().orElseThrow();
    }

    static Message message(int type, Value... payload) {
        return new Message(type, Value.of(PEER), WALL, List.of(payload));
    }

    static Message handshake(String id, Value... codecs) {
        return message(
                2,
                Value.of(5),
                Value.of(id),
                Value.of(MESH.bytes()),
                Value.array(Value.of("192.0.2.2"), Value.of(4445)),
                Value.of(List.of(codecs)));
    }
}
