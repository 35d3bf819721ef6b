package today.p2p.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.CloseReason.Cause;
import today.p2p.kernel.Delivery;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Time;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Each invariant fails when what it is shown breaks it: INVARIANTS.md names these checks. */
class InvariantsTest {
    private static final CloseReason RESET = CloseReason.because(Cause.REMOTE, "reset");

    private static final Host.Kind KIND =
            new Host.Kind(NodeLimits.DEFAULT, Dialect.UNIVERSAL, List.of(), (self, limits) -> null);

    private final World world = new World(1, Conditions.QUIET.withWindow(300), line -> {});
    private final Host one = world.add(KIND);
    private final Host two = world.add(KIND);
    private final Incarnation node;
    private final LinkEnd end;
    private final Frame frame = frame(Value.of("hello"));

    InvariantsTest() {
        two.call(number -> new Call.Connect(number, one.address()));
        run(Time.SECOND);
        node = one.life().orElseThrow();
        end = node.ends().iterator().next();
    }

    @Test
    void aPeerWithoutAnOpenLinkIsSeen() { // M-1
        end.link().close(RESET);

        assertThat(broken(() -> world.watch().settled(node))).isEqualTo("M-1");
    }

    @Test
    void anOpenLinkWithoutAPeerIsSeen() { // M-2
        node.node().on(new Event.LinkDown(end.id(), RESET), node.now());

        assertThat(broken(() -> world.watch().settled(node))).isEqualTo("M-2");
    }

    @Test
    void aLiveLinkThatIsGivenUpIsSeen() { // M-3
        CloseReason duplicate = CloseReason.because(Cause.DUPLICATE, "another link stays");
        Effect close = new Effect.Close(end.id(), duplicate);
        Event greeted = new Event.Greeted(new LinkId(99), end.link().peer().orElseThrow());
        assertThatCode(() -> world.watch().did(node, greeted, close)).doesNotThrowAnyException();
        run(10 * Time.SECOND);

        assertThat(broken(() -> world.watch().did(node, greeted, close))).isEqualTo("M-3");
    }

    @Test
    void aSecondDeliveryIsSeen() { // M-4
        Delivery delivery =
                new Delivery(end.id(), true, Value.of("sender"), World.WALL, frame.id(), 0, List.of(Value.of("hello")));
        world.watch().did(node, received(), new Effect.Deliver(delivery));

        assertThat(broken(() -> world.watch().did(node, received(), new Effect.Deliver(delivery))))
                .isEqualTo("M-4");
        run(120 * Time.SECOND);
        // By now the node may have forgotten it (N-4).
        assertThatCode(() -> world.watch().did(node, received(), new Effect.Deliver(delivery)))
                .doesNotThrowAnyException();
    }

    @Test
    void aFrameThatIsSentTwiceOnALinkIsSeen() { // M-4
        Effect send = new Effect.Send(end.id(), frame.packed(), true);
        world.watch().did(node, new Event.Tick(), send);

        assertThat(broken(() -> world.watch().did(node, new Event.Tick(), send)))
                .isEqualTo("M-4");
    }

    @Test
    void aFrameThatGoesBackToWhereItCameFromIsSeen() { // M-4
        Effect send = new Effect.Send(end.id(), frame.packed(), true);

        assertThat(broken(() -> world.watch().did(node, received(), send))).isEqualTo("M-4");
    }

    @Test
    void aWrongCountOfWhatWaitsIsSeen() { // M-5
        one.call(number -> new Call.Broadcast(number, 0, List.of(Value.of("x".repeat(1000)))));
        world.watch().settled(node);
        end.link().written(10, node.now());

        assertThat(broken(() -> world.watch().settled(node))).isEqualTo("M-5");
    }

    @Test
    void aDialIntoThePrivateNetworkIsSeenUnlessTheApplicationAskedForIt() { // M-6
        for (String host : List.of("10.0.0.1", "127.0.0.1", "192.168.0.1", "172.20.0.1", "100.64.0.1", "a.example")) {
            Effect dial = new Effect.Dial(1, new Address(host, 80));
            assertThat(broken(() -> world.watch().did(node, received(), dial))).isEqualTo("M-6");
            Event asked = new Event.Called(new Call.Connect(1, new Address(host, 80)));
            assertThatCode(() -> world.watch().did(node, asked, dial)).doesNotThrowAnyException();
        }
    }

    @Test
    void aSecondDialOfAnAddressAndTheNinthForOnePeerAreSeen() { // M-6
        for (int host = 1; host <= 8; host++) {
            world.watch().did(node, received(), new Effect.Dial(host, new Address("13.0.0." + host, 80)));
        }
        Effect ninth = new Effect.Dial(9, new Address("13.0.0.9", 80));
        assertThat(broken(() -> world.watch().did(node, received(), ninth))).isEqualTo("M-6");

        run(Time.SECOND * 60);
        Effect again = new Effect.Dial(10, new Address("13.0.0.1", 80));
        assertThat(broken(() -> world.watch().did(node, received(), again))).isEqualTo("M-6");
    }

    @Test
    void aLinkThatSpeaksOfAnotherOneIsSeen() { // M-7
        Event other = new Event.LinkDown(new LinkId(99), RESET);

        assertThat(broken(() -> world.watch().told(node, end, other))).isEqualTo("M-7");
    }

    @Test
    void aRuleThatAnHonestNodeBrokeIsSeen() { // M-7
        Event down = new Event.LinkDown(end.id(), CloseReason.rule(ErrorCode.CHECKSUM, "wrong"));

        assertThat(broken(() -> world.watch().told(node, end, down))).isEqualTo("M-7");
    }

    @Test
    void anExceptionOfAMachineIsAFailureThatSaysWhenAndWhatCameBefore() { // M-7
        world.trace().line("n1", "does this and that");
        SimulationFailure failure = catchThrowableOfType(
                SimulationFailure.class,
                () -> world.guarded(() -> {
                    throw new IllegalStateException("oh");
                }));

        assertThat(failure.invariant()).isEqualTo("M-7");
        assertThat(failure.report())
                .contains("M-7 at 1.000 s", "IllegalStateException: oh", "seed 1", "does this and that");
    }

    @Test
    void eventsOfALinkOutOfTheirOrderAreSeen() { // M-8
        Event up = new Event.LinkUp(end.id(), two.address(), OptionalLong.empty());
        assertThat(broken(() -> world.watch().told(node, end, up))).isEqualTo("M-8");

        world.watch().told(node, end, new Event.LinkDown(end.id(), RESET));
        assertThat(broken(() -> world.watch().told(node, end, new Event.LinkDown(end.id(), RESET))))
                .isEqualTo("M-8");
        assertThat(broken(() -> world.watch().told(node, end, received()))).isEqualTo("M-8");
    }

    @Test
    void aCallThatIsAnsweredTwiceIsSeen() { // M-9
        Effect answer = new Effect.Complete(77, new Outcome.Done());
        world.watch().called(node, new Call.Close(77));
        world.watch().did(node, new Event.Tick(), answer);

        assertThat(broken(() -> world.watch().did(node, new Event.Tick(), answer)))
                .isEqualTo("M-9");
    }

    @Test
    void aCallThatIsNeverAnsweredIsSeen() { // M-9
        world.watch().called(node, new Call.Close(77));

        assertThat(broken(() -> run(32 * Time.SECOND))).isEqualTo("M-9");
    }

    @Test
    void aDeadlineThatStaysAfterItsTickIsSeen() { // M-11
        new Alarm(one, () -> OptionalLong.of(node.now().nanos()), () -> {}).set();

        assertThat(broken(() -> run(Time.SECOND))).isEqualTo("M-11");
    }

    private Event.Received received() {
        return new Event.Received(end.id(), frame, 0, 0, 2, World.WALL);
    }

    private void run(long nanos) {
        long until = world.schedule().now() + nanos;
        boolean isMore = true;
        while (isMore) {
            isMore = world.schedule().step(until);
        }
    }

    private static String broken(Runnable act) {
        SimulationFailure.Broken broken = catchThrowableOfType(SimulationFailure.Broken.class, act::run);
        return broken == null ? "nothing" : broken.id();
    }

    private static Frame frame(Value text) {
        Message message = new Message(0, Value.of("sender"), World.WALL, List.of(Value.of(0), text));
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of())
                        .decode(PackedMessage.of(message, Limits.DEFAULT).frameFor(null)))
                .frame();
    }
}
