package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** MSH-30: copies of broadcasts that the node has handled. */
class SkippedFramesTest {
    private static final Codec CODEC = Ends.ZLIB.get(0);
    private static final PackedMessage KNOWN = packed("known ".repeat(100));
    private static final PackedMessage OTHER = packed("other ".repeat(100));
    private static final Bytes FRAME = KNOWN.frameFor(null);
    private static final int BODY = 4;
    private static final int BARE = 36;

    @Test
    void aCopyOfWhatTheNodeHasSeenIsDroppedAndNothingElse() {
        Ends ends = open(NodeLimits.DEFAULT);
        ends.receive(FRAME);
        ends.receive(OTHER.frameFor(null));
        ends.receive(FRAME);

        assertThat(ends.passed()).extracting(frame -> frame.id()).containsExactly(OTHER.id());
        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void aCompressedCopyIsDroppedToo() {
        Ends ends = open(NodeLimits.DEFAULT);
        assertThat(KNOWN.frameFor(CODEC)).isNotEqualTo(FRAME);
        ends.receive(KNOWN.frameFor(CODEC));
        ends.receive(OTHER.frameFor(CODEC));
        ends.receive(KNOWN.frameFor(CODEC));

        assertThat(ends.passed()).extracting(frame -> frame.id()).containsExactly(OTHER.id());
        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void aLargeCopyIsNotReadApart() { // LNK-30
        PackedMessage large = packed("large".repeat(1_000_000));
        Ends ends = greeting(NodeLimits.DEFAULT);
        ends.intake
                .readApart()
                .skip((bytes, at, now) -> Bytes.copyOf(bytes, at, 32).equals(large.id()));
        ends.receive(Ends.handshake(Ends.PEER));
        ends.outputs.clear();
        ends.receive(large.frameFor(null));

        assertThat(ends.outputs).isEmpty();
        assertThat(ends.link.takesBytes()).isTrue();
    }

    @Test
    void aForgeryWithAKnownChecksumIsDropped() {
        Ends ends = open(NodeLimits.DEFAULT);
        byte[] forged = FRAME.toArray();
        Arrays.fill(forged, BARE, forged.length, (byte) 0xc1);
        ends.receive(forged);
        ends.receive(OTHER.frameFor(null));

        assertThat(ends.passed()).hasSize(1);
        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void all32BytesCount() { // FRM-7
        for (int at = BODY; at < BARE; at++) {
            Ends ends = open(NodeLimits.DEFAULT);
            byte[] forged = FRAME.toArray();
            forged[at] ^= 1;
            ends.receive(forged);

            assertThat(ends.fate()).as("byte " + at).isEqualTo("CHECKSUM");
        }
    }

    @Test
    void aLinkThatIsNotOpenSkipsNothing() { // LNK-3
        Ends ends = greeting(NodeLimits.DEFAULT);
        ends.receive(FRAME);

        assertThat(ends.fate()).isEqualTo("ORDER");
    }

    @Test
    void aDroppedCopyCountsForTheRate() { // LNK-24
        Ends ends = open(NodeLimits.DEFAULT.with(Limit.MAX_MESSAGE_BURST, 4).with(Limit.MAX_MESSAGE_RATE, 1));
        // The handshake was the first.
        ends.receive(FRAME);
        ends.receive(FRAME);
        assertThat(ends.link.takesBytes()).isTrue();
        ends.receive(FRAME);
        ends.receive(FRAME);

        assertThat(ends.link.takesBytes()).isFalse();
    }

    @Test
    void aDroppedCopyIsASignOfLife() { // LNK-20
        Ends ends = open(NodeLimits.DEFAULT);
        ends.outputs.clear();
        for (int second = 0; second < 100; second++) {
            ends.passSecondsAndWrite(1);
            ends.receive(FRAME);
        }
        assertThat(ends.written()).as("pings").isEmpty();

        ends.passSecondsAndWrite(100);
        assertThat(ends.written()).as("pings").isNotEmpty();
    }

    @Test
    void whatComesAfterADroppedCopyIsAFrameOfItsOwn() { // LNK-22
        Ends ends = open(NodeLimits.DEFAULT);
        byte[] frame = FRAME.toArray();
        byte[] restAndBegun = Arrays.copyOfRange(frame, 40, frame.length + 40);
        System.arraycopy(frame, 0, restAndBegun, frame.length - 40, 40);
        ends.receive(Arrays.copyOf(frame, 40));
        for (int second = 0; second < 30; second += 2) {
            ends.passSeconds(2);
            ends.receive(restAndBegun);
        }

        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void theAnswerIsThatOfTheMoment() { // MSH-11
        Ends ends = greeting(NodeLimits.DEFAULT);
        long until = ends.now().nanos() + Time.SECOND;
        ends.intake.skip((bytes, at, now) -> isKnown(bytes, at) && now.nanos() < until);
        ends.receive(Ends.handshake(Ends.PEER));
        ends.receive(FRAME);
        assertThat(ends.passed()).isEmpty();

        ends.passSeconds(1);
        ends.receive(FRAME);
        assertThat(ends.passed()).hasSize(1);
    }

    private static Ends open(NodeLimits limits) {
        Ends ends = greeting(limits);
        ends.receive(Ends.handshake(Ends.PEER));
        ends.link.written(ends.link.queuedBytes(), ends.now());
        return ends;
    }

    private static Ends greeting(NodeLimits limits) {
        Ends ends = new Ends(limits);
        ends.intake.skip((bytes, at, now) -> isKnown(bytes, at));
        return ends;
    }

    private static boolean isKnown(byte[] bytes, int at) {
        return Bytes.copyOf(bytes, at, 32).equals(KNOWN.id());
    }

    private static PackedMessage packed(String text) {
        Message message = message(0, Value.of(0), Value.of(text));
        return PackedMessage.of(message, Limits.DEFAULT);
    }
}
