package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Call;
import today.p2p.kernel.Delivery;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Frame;
import today.p2p.serializer.Message;

/** Chapter 13.2. */
class BroadcastTest {
    private final Wire wire = new Wire();

    BroadcastTest() {
        joinFour(wire);
    }

    @Test
    void aBroadcastGoesToEveryPeerButItsSourceAndItsSenderAndIsDeliveredOnce() { // MSH-9, MSH-14
        Message message = wire.receive(2, wire.message(0, "d", Value.of(0), Value.of("hi")));

        assertThat(wire.receivers()).containsExactly(1L, 3L);
        assertThat(wire.all(Effect.Deliver.class))
                .extracting(Effect.Deliver::delivery)
                .containsExactly(new Delivery(
                        new LinkId(2),
                        true,
                        message.sender(),
                        message.time(),
                        Wire.frame(message).id(),
                        0,
                        List.of(Value.of("hi"))));
    }

    @Test
    void whatWasAcceptedNeedNotBeReadAgain() { // MSH-30
        Message accepted = wire.message(0, "d", Value.of(0), Value.of("hi"));
        Message whisper = wire.message(2, "d", Value.of(0), Value.of("hi"));
        Message early = new Message(0, accepted.sender(), accepted.time() - 60, accepted.payload());
        for (Message message : List.of(accepted, whisper, early)) {
            wire.receive(2, message);
        }

        assertThat(hasSeen(accepted)).isTrue();
        assertThat(hasSeen(whisper)).isFalse();
        assertThat(hasSeen(early)).isFalse();
    }

    private boolean hasSeen(Message message) {
        return wire.node.hasSeen(Wire.frame(message).id().toArray(), 0, wire.now());
    }

    @Test
    void theBytesAreRelayedUnchanged() { // MSH-9, FRM-10
        Message message = wire.message(0, "d", Value.of(0), Value.of("hi"));
        Frame frame = Wire.frame(message);
        wire.receive(2, frame, message);

        assertThat(wire.all(Effect.Send.class))
                .allSatisfy(send -> assertThat(send.message()).isSameAs(frame.packed()));
    }

    @Test
    void whatIsNotUnderstoodIsRelayedAndNotDelivered() { // MSH-9, MSH-14
        for (int subFlag : new int[] {0x03, 0x0b, 0x0e, 0x11, 0x2f, 0x30, 0x3f}) {
            wire.receive(2, wire.message(0, "d", Value.of(subFlag), Value.of("hi")));
        }

        assertThat(wire.receivers()).hasSize(7 * 2);
        assertThat(wire.all(Effect.Deliver.class)).isEmpty();
    }

    @Test
    void theApplicationsSubFlagsAreDelivered() { // MSH-14
        for (int subFlag : new int[] {0x00, 0x02, 0x40, 0xff}) {
            wire.receive(2, wire.message(0, "d", Value.of(subFlag)));
            wire.receive(2, wire.message(2, "b", Value.of(subFlag)));
        }

        assertThat(wire.all(Effect.Deliver.class))
                .extracting(deliver -> deliver.delivery().subFlag())
                .containsExactly(0, 0, 2, 2, 0x40, 0x40, 0xff, 0xff);
    }

    @Test
    void aCopyOverAnotherLinkIsNeitherRelayedNorDelivered() { // MSH-10, MSH-12
        Message message = wire.receive(2, wire.message(0, "x", Value.of(0), Value.of("hi")));
        wire.effects.clear();

        wire.receive(1, message);
        wire.receive(2, message);

        assertThat(wire.effects).isEmpty();
    }

    @Test
    void anOwnBroadcastThatComesBackGoesNoFurther() { // MSH-11
        wire.call(new Call.Broadcast(1, 0, List.of(Value.of("hi"))));
        Message sent = wire.sentOn(1).get(0);
        assertThat(wire.receivers()).containsExactly(1L, 2L, 3L, 4L);
        wire.effects.clear();

        wire.receive(3, sent);

        assertThat(wire.effects).isEmpty();
    }

    /** F1: in 0.7 a frame that is exactly 60 s old is neither expired nor remembered, and floods for ever. */
    @Test
    void factF1AtNoSkewIsAFrameDeliveredTwiceOrSentTwiceOnALink() { // MSH-10, MSH-12, BRD-1
        for (long tenths = -700; tenths <= 700; tenths++) {
            Wire skewed = new Wire();
            joinFour(skewed);
            Message message = skewed.message(0, "x", Value.of(0), Value.of("hi"));
            skewed.skew(tenths);
            Frame frame = Wire.frame(message);
            for (int copy = 0; copy < 12; copy++) {
                skewed.receive(1 + copy % 4, frame, message);
                skewed.advance(15);
            }

            boolean accepted = skewed.all(Effect.Deliver.class).size() == 1;
            assertThat(skewed.all(Effect.Deliver.class)).as("at %d", tenths).hasSizeLessThanOrEqualTo(1);
            assertThat(skewed.receivers()).as("at %d", tenths).doesNotHaveDuplicates();
            assertThat(skewed.receivers()).as("at %d", tenths).hasSize(accepted ? 3 : 0);
        }
    }

    /** The clock of this node is set back by up to an hour between the copies. */
    @Test
    void aStepOfTheClockBringsNothingBack() { // MSH-12
        Message message = wire.message(0, "x", Value.of(0), Value.of("hi"));
        Frame frame = Wire.frame(message);
        wire.receive(1, frame, message);
        for (int i = 0; i < 119; i++) {
            wire.advance(1);
            wire.skew(-10L * (i + 1));
            wire.receive(1 + i % 4, frame, message);
        }

        assertThat(wire.all(Effect.Deliver.class)).hasSize(1);
        assertThat(wire.receivers()).doesNotHaveDuplicates();
    }

    /** F2: in 0.7 frames from the far future are relayed, and stay in memory until their time has come. */
    @Test
    void factF2FramesFromTheFutureAreNotRememberedAndNotRelayed() { // MSH-10, BRD-1
        long now = wire.now().wallSeconds();
        for (long ahead : new long[] {61, 3600, 1_000_000_000, Long.MAX_VALUE - now}) {
            wire.receive(1, new Message(0, Value.of("x"), now + ahead, List.of(Value.of(0))));
        }
        assertThat(wire.effects).isEmpty();
        assertThat(wire.node.seenBroadcasts()).isZero();

        wire.receive(1, new Message(0, Value.of("x"), now + 60, List.of(Value.of(0))));
        assertThat(wire.all(Effect.Deliver.class)).hasSize(1);
    }

    @Test
    void theMemoryOfBroadcastsIsBounded() { // MSH-11, max-seen
        Wire small = new Wire(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, 10));
        joinFour(small);
        for (int i = 0; i < 100; i++) {
            small.receive(1, small.message(0, "x", Value.of(0), Value.of(i)));
        }

        assertThat(small.node.seenBroadcasts()).isEqualTo(10);
    }

    @Test
    void equalBroadcastsOfOneSecondAreDatedOneSecondApart() { // MSH-13, max-time-raise
        for (int call = 0; call < 32; call++) {
            wire.call(new Call.Broadcast(call, 0, List.of(Value.of("hi"))));
        }

        long now = wire.now().wallSeconds();
        assertThat(wire.sentOn(1))
                .extracting(Message::time)
                .hasSize(31)
                .startsWith(now, now + 1)
                .endsWith(now + 30);
        assertThat(wire.outcome(30)).isEqualTo("Sent");
        assertThat(wire.outcome(31)).isEqualTo("LIMIT");
        assertThat(wire.sentOn(1)).extracting(Wire::frame).extracting(Frame::id).doesNotHaveDuplicates();
    }

    @Test
    void anOpcodeOfTheProtocolIsNotTheApplications() { // OPC-2
        wire.call(new Call.Broadcast(1, 0x07, List.of()));
        wire.call(new Call.Broadcast(2, 0x3f, List.of()));
        wire.call(new Call.Broadcast(3, 0x100, List.of()));
        wire.call(new Call.Broadcast(4, 0x40, List.of()));

        assertThat(List.of(wire.outcome(1), wire.outcome(2), wire.outcome(3), wire.outcome(4)))
                .containsExactly("OPCODE", "OPCODE", "OPCODE", "Sent");
    }

    private static void joinFour(Wire wire) {
        wire.join(1, "a");
        wire.join(2, "b");
        wire.join(3, "c");
        wire.join(4, "d");
        wire.effects.clear();
    }
}
