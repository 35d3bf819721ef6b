package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Effect;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.QueueBudget;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.runtime.turns.Faults;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** What one effect that fails, or one link that is down, does to the rest of a node: nothing. */
class NodeStageTest {
    private static final Address SOMEWHERE = new Address("192.0.2.1", 4444);

    private final LoneWires wires = new LoneWires();
    private final Faults faults = new Faults();
    private final RuntimeOptions options = LoneWires.options(Duration.ofSeconds(1));
    private final Self self = self("test", options.protocol());
    private final NodeStage stage = new NodeStage(
            self,
            options,
            null,
            new NodeStage.Parts(wires, new Callbacks(Runnable::run, faults), new Deaf(), faults),
            effect -> {});

    @AfterEach
    void endThread() {
        wires.end();
    }

    @Test
    void anEffectThatThrowsIsReportedAndTheNextIsPerformed() throws Exception {
        wires.isSilent = true;
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        stage.call(number -> new Call.Connect(number, SOMEWHERE), outcome -> {
            throw new IllegalStateException("a caller of the test");
        });
        stage.call(Call.Close::new, end::complete);

        assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        assertThat(faults.count()).isEqualTo(1);
    }

    @Test
    void aDialThatThrowsHasFailed() throws Exception {
        wires.throwsOnDial = true;
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        stage.call(number -> new Call.Connect(number, SOMEWHERE), end::complete);

        assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.NotConnected.class);
        assertThat(faults.count()).isEqualTo(1);
    }

    @Test
    void whatIsSentOnALinkThatIsDownWaitsForNothing() throws Exception {
        LinkStage link = stage.links().next(OptionalLong.of(7));
        CompletableFuture<Boolean> hasRoom = new CompletableFuture<>();
        wires.home().execute(() -> {
            link.up(new Nowhere(wires.home()));
            link.down(CloseReason.because(CloseReason.Cause.REMOTE, "gone"));
            link.send(PackedMessage.of(new Message(0, Value.of(""), 1, List.of()), Limits.DEFAULT), false, false);
            hasRoom.complete(link.hasRoomFor(Integer.MAX_VALUE));
        });

        assertThat(hasRoom.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsSentOnTheThreadOfItsLinkIsWrittenAtOnceButAfterWhatWasGivenBefore() throws Exception {
        LinkStage link = stage.links().next(OptionalLong.empty());
        Nowhere wire = new Nowhere(wires.home());
        CompletableFuture<List<Bytes>> before = new CompletableFuture<>();
        CompletableFuture<List<Bytes>> atOnce = new CompletableFuture<>();
        wires.home().execute(() -> {
            link.up(wire);
            link.received(handshake(self("peer", options.protocol())).asByteBuffer());
            CompletableFuture.runAsync(() -> link.send(message("first"), false, false))
                    .join();
            wire.written.clear();
            link.send(message("second"), false, false);
            before.complete(List.copyOf(wire.written));
            wires.home().execute(() -> {
                link.send(message("third"), false, false);
                atOnce.complete(List.copyOf(wire.written));
            });
        });

        assertThat(before.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(atOnce.get(20, TimeUnit.SECONDS))
                .containsSubsequence(frame("first"), frame("second"), frame("third"));
    }

    @Test
    void whatMayBeLateIsWrittenBeforeWhatIsSentThereLaterAndInTheEnd() throws Exception { // MSH-34
        LinkStage link = stage.links().next(OptionalLong.empty());
        Nowhere wire = new Nowhere(wires.home());
        CompletableFuture<List<Bytes>> atOnce = new CompletableFuture<>();
        CompletableFuture<List<Bytes>> afterAnother = new CompletableFuture<>();
        CompletableFuture<Boolean> inTheEnd = new CompletableFuture<>();
        wires.home().execute(() -> {
            link.up(wire);
            link.received(handshake(self("peer", options.protocol())).asByteBuffer());
            wire.written.clear();
            link.send(message("first"), false, true);
            atOnce.complete(List.copyOf(wire.written));
            link.send(message("second"), false, false);
            wires.home().execute(() -> {
                afterAnother.complete(List.copyOf(wire.written));
                whenWritten(wire, "first", () -> {
                    link.send(message("third"), false, true);
                    whenCalledAt(() -> {
                        link.send(message("fourth"), false, true);
                        whenWritten(wire, "fourth", () -> inTheEnd.complete(true));
                    });
                });
            });
        });

        assertThat(atOnce.get(60, TimeUnit.SECONDS)).doesNotContain(frame("first"));
        assertThat(afterAnother.get(60, TimeUnit.SECONDS)).containsSubsequence(frame("first"), frame("second"));
        assertThat(inTheEnd.get(60, TimeUnit.SECONDS)).isTrue();
    }

    private void whenCalledAt(Runnable then) {
        wires.home().after(2 * Ferry.STAY, then);
    }

    /** On the thread of the link. */
    private void whenWritten(Nowhere wire, String text, Runnable then) {
        if (wire.written.contains(frame(text))) {
            then.run();
        } else {
            wires.home().after(1, () -> whenWritten(wire, text, then));
        }
    }

    @Test
    void whatALinkTellsAloneIsHandledOnItsThreadAndWhatComesInABunchWaitsForTheHomeThread() throws Exception { // LNK-29
        CountDownLatch homeIsFree = new CountDownLatch(1);
        wires.home().execute(() -> await(homeIsFree));
        Bytes once = handshake(self("peer", options.protocol()));
        ByteBuffer often = ByteBuffer.allocate(5 * once.length());
        for (int copy = 0; copy < 5; copy++) {
            often.put(once.asByteBuffer());
        }
        LinkStage alone = stage.links().next(OptionalLong.empty());
        Nowhere wire = new Nowhere(new Here());
        alone.up(wire);
        alone.received(once.asByteBuffer());

        assertThat(stage.snapshot().peers()).hasSize(1);
        // Its own handshake, and the list of peers, which the node has sent meanwhile.
        assertThat(wire.written).hasSize(2);

        alone.down(CloseReason.because(CloseReason.Cause.REMOTE, "gone"));
        assertThat(stage.snapshot().peers()).isEmpty();
        LinkStage other = stage.links().next(OptionalLong.empty());
        other.up(new Nowhere(new Here()));
        other.received(often.flip());
        assertThat(stage.snapshot().peers()).isEmpty();

        CompletableFuture<Integer> peers = new CompletableFuture<>();
        stage.execute(() -> peers.complete(stage.snapshot().peers().size()));
        homeIsFree.countDown();
        assertThat(peers.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static PackedMessage message(String text) {
        return PackedMessage.of(new Message(0, Value.of(text), 1, List.of()), Limits.DEFAULT);
    }

    private static Bytes frame(String text) {
        return message(text).frameFor(null);
    }

    /** What a peer says first. */
    private static Bytes handshake(Self peer) {
        NodeLimits limits = NodeLimits.DEFAULT;
        Time now = new Time(0, 1);
        Link link = new Link(new LinkId(1), peer, limits, new QueueBudget(limits), Intake.unbounded(), now);
        return link.start(SOMEWHERE, OptionalLong.empty(), now).stream()
                .filter(LinkOutput.Write.class::isInstance)
                .map(output -> ((LinkOutput.Write) output).frame())
                .findFirst()
                .orElseThrow();
    }

    private static Self self(String name, ProtocolId protocol) {
        return new Self(
                NodeId.of(name, protocol, "salt"), protocol, Dialect.UNIVERSAL, new Address("0.0.0.0", 0), List.of());
    }

    private static final class Deaf implements Application {
        @Override
        public void on(Effect effect, Hold hold) {}

        @Override
        public void closed() {}
    }

    /** Whichever thread calls. */
    private static final class Here implements Wire.Loop {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            return () -> {};
        }
    }

    /** A connection whose bytes go nowhere. */
    private record Nowhere(Wire.Loop loop, List<Bytes> written) implements Wire {
        Nowhere(Wire.Loop loop) {
            this(loop, new ArrayList<>());
        }

        @Override
        public Address remote() {
            return SOMEWHERE;
        }

        @Override
        public void fault() {}

        @Override
        public void write(Bytes frame) {
            written.add(frame);
        }

        @Override
        public void reads(boolean wanted) {}

        @Override
        public void shut(boolean drains) {}
    }
}
