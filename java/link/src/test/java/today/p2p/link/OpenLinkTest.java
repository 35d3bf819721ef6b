package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.PEER;
import static today.p2p.link.Ends.handshake;
import static today.p2p.link.Ends.message;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Self;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Chapters 12.2, 12.3 and 12.6. */
class OpenLinkTest {
    private static final Message LONG = message(0, Value.of(0), Value.of("banana ".repeat(100)));
    private static final Message SHORT = message(2, Value.of(2), Value.of("hi"));

    private final Ends ends = Ends.open();

    @Test
    void framesGoUnderTheCodecOfTheMoment() { // LNK-11, LNK-16
        ends.send(LONG);
        ends.receive(handshake(PEER, Value.of(0x11), Value.of(0x13)));
        ends.send(LONG);
        ends.receive(renegotiate(Value.of(0x11)));
        ends.send(LONG);

        assertThat(codecs()).containsExactly(-1, 0x13, -1, 0x11);
    }

    @Test
    void nothingIsSentBeforeTheHandshakeIsAccepted() { // LNK-11
        Ends greeting = new Ends(NodeLimits.DEFAULT);
        greeting.outputs.clear();

        greeting.send(LONG);

        assertThat(greeting.outputs).isEmpty();
    }

    @Test
    void aMessageWithoutASubFlagEndsTheLinkAndGoesNoFurther() { // LNK-12
        for (Message shapeless : List.of(message(0), message(0, Value.of("0")), message(0x40, Value.nil()))) {
            Ends fresh = Ends.open();
            fresh.receive(shapeless);
            assertThat(fresh.fate()).isEqualTo("SHAPE");
            assertThat(fresh.passed()).isEmpty();
        }
    }

    @Test
    void aMalformedFrameEndsItsLinkWithoutAnAnswer() { // LNK-13
        Ends other = Ends.open();
        ends.receive(Bytes.ofHex("00000020" + "00".repeat(32)));
        ends.receive(SHORT);

        assertThat(ends.fate()).isEqualTo("CHECKSUM");
        assertThat(ends.frames()).isEmpty();
        assertThat(ends.passed()).isEmpty();
        assertThat(other.fate()).isEqualTo("open");
    }

    @Test
    void foreignTypesAreIgnored() { // LNK-14
        ends.receive(message(0x40, Value.of(0), Value.of("x")));
        ends.receive(message(3, Value.of(3)));

        assertThat(ends.outputs).isEmpty();
    }

    @Test
    void aListThatGrowsIsAnsweredRawAndOnce() { // LNK-17
        ends.receive(handshake(PEER, Value.of(0x13)));
        ends.receive(renegotiate(Value.of(0x11), Value.of(0x99), Value.of(0x13)));
        ends.receive(renegotiate(Value.of(0x11), Value.of(0x99), Value.of(0x13)));

        assertThat(ends.written())
                .extracting(Message::type, Message::payload)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        1, List.of(Value.of(1), Value.array(Value.of(0x13), Value.of(0x11)))));
        assertThat(codecs()).containsExactly(-1);
    }

    @Test
    void theAnswerGoesRawAlsoWhenItCouldBeCompressed() { // LNK-17
        Limits frames = Limits.DEFAULT.toBuilder().compressFrom(0).build();
        Self self =
                new Self(Ends.id("1".repeat(127) + "2"), Ends.MESH, Dialect.UNIVERSAL, Ends.SELF.address(), Ends.ZLIB);
        NodeLimits limits = NodeLimits.DEFAULT.with(frames);
        Ends fresh = new Ends(self, limits, new QueueBudget(limits));
        fresh.receive(handshake(PEER));
        fresh.outputs.clear();
        fresh.receive(renegotiate(Value.of(0x13)));
        fresh.receive(message(2, Value.of(3)));

        assertThat(codecs(fresh)).as("the answer, and a pong behind it").containsExactly(-1, 0x13);
    }

    @Test
    void renegotiateWithoutAListIsOfNoShape() { // LNK-16
        assertThat(fateOf(message(1, Value.of(1)))).isEqualTo("SHAPE");
        assertThat(fateOf(message(1, Value.of(1), Value.of(0x13)))).isEqualTo("SHAPE");
        assertThat(fateOf(renegotiate(Collections.nCopies(64, Value.of(1)).toArray(new Value[0]))))
                .isEqualTo("open");
        assertThat(fateOf(renegotiate(Collections.nCopies(65, Value.of(1)).toArray(new Value[0]))))
                .isEqualTo("LIMIT");
    }

    @Test
    void resendSendsTheSameBytesAgain() { // LNK-18
        ends.send(SHORT);
        ends.receive(message(1, Value.of(9)));

        assertThat(ends.frames()).hasSize(2);
        assertThat(ends.frames().get(1)).isEqualTo(ends.frames().get(0));
    }

    @Test
    void resendIsAnsweredAtMostOnceInResendEvery() { // LNK-18, resend-every
        ends.send(SHORT);
        ends.receive(message(1, Value.of(9)));
        ends.advance(Time.SECOND - 1);
        ends.receive(message(1, Value.of(9)));
        assertThat(ends.frames()).hasSize(2);

        ends.advance(1);
        ends.receive(message(1, Value.of(9)));
        assertThat(ends.frames()).hasSize(3);
    }

    @Test
    void aMessageAboveMaxResendIsNotKept() { // LNK-18, max-resend
        int bare = PackedMessage.of(LONG, Limits.DEFAULT).bare().length();
        assertThat(framesAfterResend(NodeLimits.DEFAULT.with(Limit.MAX_RESEND, bare)))
                .isEqualTo(2);
        assertThat(framesAfterResend(NodeLimits.DEFAULT.with(Limit.MAX_RESEND, bare - 1)))
                .isEqualTo(1);
    }

    @Test
    void withNothingSentThereIsNothingToSendAgain() { // LNK-18, LNK-19
        ends.receive(message(2, Value.of(3)));
        ends.outputs.clear();
        ends.outputs.addAll(ends.link.send(PackedMessage.of(SHORT, Limits.DEFAULT), false, ends.now()));
        ends.receive(message(1, Value.of(9)));

        assertThat(ends.frames()).hasSize(1);
        assertThat(ends.passed()).isEmpty();
        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void aLinkTellsItsEndOnceAndNothingAfterIt() {
        ends.outputs.addAll(ends.link.close(CloseReason.because(CloseReason.Cause.LOCAL, "enough")));
        ends.outputs.addAll(ends.link.close(CloseReason.because(CloseReason.Cause.LOCAL, "again")));
        ends.outputs.addAll(ends.link.ended(CloseReason.because(CloseReason.Cause.REMOTE, "gone")));
        ends.receive(SHORT);
        ends.send(SHORT);
        ends.outputs.addAll(ends.link.tick(ends.now()));

        assertThat(ends.outputs).hasSize(2);
        assertThat(ends.fate()).isEqualTo("LOCAL");
        assertThat(ends.link.takesBytes()).isFalse();
    }

    @Test
    void aLostTransportIsToldAndNotShut() {
        ends.outputs.addAll(ends.link.ended(CloseReason.because(CloseReason.Cause.REMOTE, "gone")));

        assertThat(ends.outputs)
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkOutput.Tell.class, tell -> assertThat(tell.event()).isInstanceOf(Event.LinkDown.class));
    }

    private static int framesAfterResend(NodeLimits limits) {
        Ends fresh = Ends.open(limits);
        fresh.send(LONG);
        fresh.receive(message(1, Value.of(9)));
        return fresh.frames().size();
    }

    private static String fateOf(Message message) {
        Ends fresh = Ends.open();
        fresh.receive(message);
        return fresh.fate();
    }

    private static Message renegotiate(Value... codecs) {
        return message(1, Value.of(1), Value.of(List.of(codecs)));
    }

    private List<Integer> codecs() {
        return codecs(ends);
    }

    private static List<Integer> codecs(Ends ends) {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, Ends.ZLIB);
        return ends.frames().stream()
                .map(frame -> ((Decoded.Complete) decoder.decode(frame)).frame())
                .map(frame -> frame.codec().map(codec -> codec.code()).orElse(-1))
                .toList();
    }
}
