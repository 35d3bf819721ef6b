package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.PackedMessage;

/** What has come of frames that are not whole is bounded, and some frame is always completed: LNK-31. */
class BegunFramesTest {
    private static final int CHUNK = 1 << 14;
    private static final int LARGE = 15 << 20;
    private static final Bytes FRAME = PackedMessage.of(
                    message(2, Value.of(2), Value.of(Bytes.of(new byte[LARGE]))), Limits.DEFAULT)
            .frameFor(null);
    private static final Bytes SMALL = PackedMessage.of(message(2, Value.of(2), Value.of("x")), Limits.DEFAULT)
            .frameFor(null);

    private final Intake.All all = new Intake.All(NodeLimits.DEFAULT);
    private long nanos = 7 * Time.SECOND;

    @Test
    void manyLinksWithMostOfALargeFrameHoldNoMoreThanTheBoundAndOneFrame() { // LNK-31, max-unhandled
        List<Sender> senders = senders(100);
        for (int round = 0; round < LARGE / CHUNK; round++) {
            senders.forEach(Sender::feed);
        }

        long held = senders.stream().mapToLong(sender -> sender.sent).sum();
        assertThat(all.unhandled()).isEqualTo(held);
        assertThat(held)
                .isLessThanOrEqualTo(Limit.MAX_UNHANDLED.standard() + FRAME.length() + 100L * CHUNK)
                .isGreaterThan(Limit.MAX_UNHANDLED.standard() / 2);
        assertThat(senders).filteredOn(sender -> sender.link.takesBytes()).hasSize(1);
    }

    @Test
    void oneAfterTheOtherIsCompletedAndNoneIsLost() { // LNK-31
        List<Sender> senders = senders(5);
        for (int round = 0; round < 10 * LARGE / CHUNK; round++) {
            for (Sender sender : senders) {
                sender.feed();
                sender.handle();
            }
        }

        assertThat(senders).allSatisfy(sender -> assertThat(sender.passed).isEqualTo(1));
        assertThat(all.unhandled()).isZero();
    }

    @Test
    void whoHasNoMoreThanItsGrantReadsOnBesideThem() { // LNK-31
        List<Sender> senders = senders(100);
        for (int round = 0; round < LARGE / CHUNK; round++) {
            senders.forEach(Sender::feed);
        }
        Sender honest = new Sender(1000);
        for (int message = 0; message < 1000; message++) {
            honest.take(honest.link.received(ByteBuffer.wrap(SMALL.toArray(), 0, 20), now()));
            assertThat(honest.link.takesBytes()).isTrue();
            honest.take(honest.link.received(ByteBuffer.wrap(SMALL.toArray(), 20, SMALL.length() - 20), now()));
            honest.handle();
        }
        assertThat(honest.passed).isEqualTo(1000);
    }

    @Test
    void aLinkStopsAtItsPartAndNotBeforeWhenAnotherIsFirst() { // LNK-31
        NodeLimits limits = NodeLimits.DEFAULT.with(Limit.MAX_UNHANDLED, 800).with(Limit.MAX_LINKS, 4);
        Intake.All few = new Intake.All(limits);
        // 100 are granted to each; of the other 400, the first may have twice what is left.
        Intake first = new Intake(few, limits);
        first.begun(366, false);
        assertThat(first.mustWait()).isFalse();
        first.begun(367, false);
        assertThat(first.mustWait())
                .as("it is the first that waits, and goes on")
                .isFalse();

        Intake second = new Intake(few, limits);
        second.begun(188, false);
        assertThat(second.mustWait()).isFalse();
        second.begun(189, false);
        assertThat(second.mustWait()).isTrue();
        assertThat(second.isLow()).isFalse();

        first.begun(0, true);
        assertThat(first.takeFreed()).isTrue();
        assertThat(first.takeFreed()).isFalse();
        assertThat(second.isLow()).isTrue();
        assertThat(second.mustWait()).isFalse();
    }

    @Test
    void whoHasCompletedAFrameIsFirstNoLonger() { // LNK-31
        NodeLimits limits = NodeLimits.DEFAULT.with(Limit.MAX_UNHANDLED, 800).with(Limit.MAX_LINKS, 4);
        Intake.All few = new Intake.All(limits);
        Intake first = new Intake(few, limits);
        Intake second = new Intake(few, limits);
        first.begun(1000, false);
        assertThat(first.mustWait()).isFalse();
        second.begun(1000, false);
        assertThat(second.mustWait()).isTrue();

        first.begun(1000, true);
        assertThat(first.mustWait()).isTrue();
        assertThat(second.mustWait()).isFalse();
    }

    @Test
    void aLinkThatIsClosedLetsGoOfWhatItHeld() { // LNK-31
        List<Sender> senders = senders(3);
        for (int round = 0; round < LARGE / CHUNK; round++) {
            senders.forEach(Sender::feed);
        }
        senders.forEach(sender -> sender.link.close(CloseReason.because(CloseReason.Cause.LOCAL, "enough")));

        assertThat(all.unhandled()).isZero();
    }

    private List<Sender> senders(int count) {
        List<Sender> senders = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            senders.add(new Sender(number));
        }
        return senders;
    }

    private Time now() {
        return new Time(nanos++, Ends.WALL);
    }

    /** A link, and a peer that sends one large frame as fast as it is read. */
    private final class Sender {
        private final Intake intake = new Intake(all, NodeLimits.DEFAULT);
        private final Link link;
        private final ByteBuffer rest = FRAME.asByteBuffer();
        private long sent;
        private long unhandled;
        private int passed;

        Sender(long number) {
            link = new Link(
                    new LinkId(number),
                    Ends.SELF,
                    NodeLimits.DEFAULT,
                    new QueueBudget(NodeLimits.DEFAULT),
                    intake,
                    now());
            take(link.start(new Address("192.0.2.2", 1), OptionalLong.empty(), now()));
            Bytes greeting =
                    PackedMessage.of(Ends.handshake(Ends.PEER), Limits.DEFAULT).frameFor(null);
            take(link.received(greeting.asByteBuffer(), now()));
            link.written(link.queuedBytes(), now());
        }

        void feed() {
            if (link.isHeld() && intake.isLow()) {
                take(link.resume(now()));
            }
            if (link.takesBytes() && rest.hasRemaining()) {
                int length = Math.min(CHUNK, rest.remaining());
                take(link.received(rest.slice(rest.position(), length), now()));
                rest.position(rest.position() + length);
                sent += length;
            }
        }

        void handle() {
            intake.handled(unhandled);
            unhandled = 0;
        }

        void take(List<LinkOutput> outputs) {
            for (LinkOutput output : outputs) {
                if (output instanceof LinkOutput.Tell tell && tell.event() instanceof Event.Received received) {
                    passed++;
                    unhandled += Intake.weight(received);
                }
            }
        }
    }
}
