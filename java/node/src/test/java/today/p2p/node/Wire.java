package today.p2p.node;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** A node stage under test, with links and a clock that the test moves. */
final class Wire {
    static final long WALL = 1_500_000_000L;
    static final NodeId OWN = id("21");
    static final Self SELF = new Self(
            OWN,
            ProtocolId.of("mesh", Encryption.PLAINTEXT),
            Dialect.UNIVERSAL,
            new Address("203.0.113.99", 4444),
            List.of());

    final Node node;
    final List<Effect> effects = new ArrayList<>();
    private long nanos = 7 * Time.SECOND;
    private long wallOffsetTenths;

    Wire() {
        this(NodeLimits.DEFAULT);
    }

    Wire(NodeLimits limits) {
        this(limits, SELF.dialect());
    }

    Wire(NodeLimits limits, Dialect dialect) {
        this(new Self(OWN, SELF.protocol(), dialect, SELF.address(), SELF.codecs()), limits, null);
    }

    /** A node that holds a table. */
    Wire(NodeLimits limits, Table table) {
        this(SELF, limits, table);
    }

    private Wire(Self self, NodeLimits limits, @Nullable Table table) {
        node = new Node(
                self, limits, RandomGeneratorFactory.of("L64X128MixRandom").create(1), table);
    }

    Time now() {
        long wall = (WALL * 10 + nanos / (Time.SECOND / 10) + wallOffsetTenths) / 10;
        return new Time(nanos, wall);
    }

    void advance(long seconds) {
        nanos += seconds * Time.SECOND;
    }

    /** Sets how far the wall clock of this node is ahead, in tenths of a second. */
    void skew(long tenths) {
        wallOffsetTenths = tenths;
    }

    void on(Event event) {
        effects.addAll(node.on(event, now()));
    }

    void up(long link, String remote, OptionalLong dial) {
        on(new Event.LinkUp(new LinkId(link), new Address(remote, 50_000), dial));
    }

    void greet(long link, String id) {
        greet(link, id, "203.0.113." + link);
    }

    void greet(long link, String id, String advertised) {
        Address address = new Address(advertised, 4444);
        on(new Event.Greeted(new LinkId(link), new Handshake(id(id), address, List.of(), List.of())));
    }

    /** An incoming link from a public address, open. */
    void join(long link, String id) {
        up(link, "203.0.113." + link, OptionalLong.empty());
        greet(link, id);
    }

    void down(long link) {
        on(new Event.LinkDown(new LinkId(link), CloseReason.because(CloseReason.Cause.REMOTE, "gone")));
    }

    void call(Call call) {
        on(new Event.Called(call));
    }

    Message receive(long link, Message message) {
        receive(link, frame(message), message);
        return message;
    }

    void receive(long link, Frame frame, Message message) {
        Value first = message.payload().get(0);
        int subFlag = (int) ((Value.Int) first).longValue();
        int items = message.payload().size();
        on(new Event.Received(new LinkId(link), frame, message.type(), subFlag, items, message.time()));
    }

    static Frame frame(Message message) {
        Bytes bytes = PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of()).decode(bytes)).frame();
    }

    Message message(int type, String sender, Value... payload) {
        return new Message(type, Value.of(sender), now().wallSeconds(), List.of(payload));
    }

    <T extends Effect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** On which links something was sent, and what. */
    List<Message> sentOn(long link) {
        return all(Effect.Send.class).stream()
                .filter(send -> send.link().value() == link)
                .map(send -> decoded(send.message()))
                .toList();
    }

    static Message decoded(PackedMessage packed) {
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of()).decode(packed.frameFor(null)))
                .frame()
                .message();
    }

    List<Long> receivers() {
        return all(Effect.Send.class).stream().map(send -> send.link().value()).toList();
    }

    List<String> dialled() {
        return all(Effect.Dial.class).stream()
                .map(dial -> dial.address().host())
                .toList();
    }

    /** Which links were closed and why. */
    List<String> closed() {
        return all(Effect.Close.class).stream()
                .map(close -> close.link().value() + " "
                        + close.reason()
                                .errorCode()
                                .map(Enum::name)
                                .orElse(close.reason().cause().name()))
                .toList();
    }

    /** How the call ended: the error code, or the name of the outcome. */
    String outcome(long call) {
        List<Outcome> ended = all(Effect.Complete.class).stream()
                .filter(complete -> complete.call() == call)
                .map(Effect.Complete::outcome)
                .toList();
        if (ended.size() != 1) {
            return ended.isEmpty() ? "open" : "ended more than once";
        }
        return ended.get(0) instanceof Outcome.Failed failed
                ? failed.error().name()
                : ended.get(0).getClass().getSimpleName();
    }

    static NodeId id(String text) {
        return NodeId.read(Bytes.ofUtf8(text)).value().orElseThrow();
    }

    static Bytes bytes(String text) {
        return Bytes.ofUtf8(text);
    }
}
