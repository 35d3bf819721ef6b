package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** What the node is not done with is bounded: LNK-28, max-link-unhandled, max-unhandled. */
class IntakeTest {
    private static final Message MESSAGE = message(2, Value.of(2), Value.of("x"));
    private static final Bytes FRAME = frame(MESSAGE);
    private static final int ITEMS = 5;
    private static final long WEIGHT = 512 + FRAME.length() - 36 + 32 * ITEMS;

    private final List<Event> told = new ArrayList<>();
    private long nanos = 7 * Time.SECOND;

    @Test
    void aLinkIsHeldAtMaxLinkUnhandledAndNotBefore() { // LNK-28
        Intake intake = intake(3 * WEIGHT, 100 * WEIGHT);
        Link link = open(intake);
        feed(link, 2);
        assertThat(link.takesBytes()).isTrue();

        feed(link, 2);
        assertThat(told).hasSize(3);
        assertThat(link.takesBytes()).isFalse();
        assertThat(link.isHeld()).isTrue();
        assertThat(intake.isLow()).isFalse();
    }

    @Test
    void itReadsOnWhenEnoughIsHandledAndLosesNothing() { // LNK-28
        Intake intake = intake(2 * WEIGHT, 100 * WEIGHT);
        Link link = open(intake);
        feed(link, 5);
        while (link.isHeld()) {
            intake.handled(WEIGHT);
            take(link.resume(now()));
        }

        assertThat(told).hasSize(5);
        assertThat(link.takesBytes()).isTrue();
    }

    @Test
    void theLinksOfANodeShareOneBoundThatNoneCanTakeAll() { // LNK-28, max-unhandled
        NodeLimits limits = limits(100 * WEIGHT, 24 * WEIGHT).with(Limit.MAX_LINKS, 4);
        Intake.All all = new Intake.All(limits);
        Intake first = new Intake(all, limits);
        Link one = open(first);
        Link other = open(new Intake(all, limits));
        // 3 are granted; of the other 12 it may have 8, twice what is left.
        feed(one, 20);
        assertThat(told).hasSize(11);
        assertThat(one.isHeld()).isTrue();

        feed(other, 1);
        assertThat(other.isHeld())
                .as("another has its grant, and some of the rest")
                .isFalse();
        assertThat(told).hasSize(12);
        feed(other, 20);
        assertThat(told).hasSize(17);
        assertThat(other.isHeld()).isTrue();
        assertThat(all.unhandled()).isEqualTo(17 * WEIGHT);

        take(one.resume(now()));
        assertThat(told).as("nothing was handled").hasSize(17);
        first.handled(8 * WEIGHT);
        assertThat(first.isLow()).isTrue();
        take(one.resume(now()));
        assertThat(told).hasSize(23);
    }

    @Test
    void aMessageOfManyTinyItemsCountsForTheObjectsThatTheyBecome() { // LNK-28
        int many = 100_000;
        Bytes tiny = frame(message(2, Value.of(2), Value.of(Collections.nCopies(many, Value.of(1)))));
        Intake.All all = new Intake.All(NodeLimits.DEFAULT);
        Link link = open(new Intake(all, NodeLimits.DEFAULT));
        take(link.received(tiny.asByteBuffer(), now()));

        assertThat(told).hasSize(1);
        assertThat(all.unhandled()).isEqualTo(512 + tiny.length() - 36 + 32 * (ITEMS + many));
        assertThat(all.unhandled()).isGreaterThan(30L * tiny.length());
        assertThat(link.isHeld()).as("above max-link-unhandled").isTrue();
    }

    @Test
    void aMessageOfAnySizeIsReadWhenNothingIsUnhandled() { // LNK-28
        Link link = open(intake(1, 1));
        feed(link, 1);

        assertThat(told).hasSize(1);
    }

    @Test
    void silenceDoesNotCountWhileALinkIsHeld() { // LNK-28, LNK-21
        Intake intake = intake(1, 1);
        Link link = open(intake);
        take(link.received(frame(message(2, Value.of(4))).asByteBuffer(), now())); // a pong: it answers pings
        feed(link, 1);
        // Half a frame more, which the transport had by then.
        take(link.received(ByteBuffer.wrap(FRAME.toArray(), 0, 9), now()));
        for (int second = 0; second < 600; second++) {
            nanos += Time.SECOND;
            take(link.tick(now()));
            assertThat(link.deadline().orElseThrow()).isGreaterThan(nanos);
        }
        assertThat(link.state()).isEqualTo(LinkState.OPEN);

        intake.handled(WEIGHT);
        take(link.resume(now()));
        assertThat(link.takesBytes()).isTrue();
        take(link.received(ByteBuffer.wrap(FRAME.toArray(), 9, FRAME.length() - 9), now()));
        assertThat(told).hasSize(2);
    }

    private Link open(Intake intake) {
        Link link = new Link(
                new LinkId(1), Ends.SELF, NodeLimits.DEFAULT, new QueueBudget(NodeLimits.DEFAULT), intake, now());
        take(link.start(new Address("192.0.2.2", 1), OptionalLong.empty(), now()));
        take(link.received(frame(Ends.handshake(Ends.PEER)).asByteBuffer(), now()));
        link.written(link.queuedBytes(), now());
        assertThat(link.state()).isEqualTo(LinkState.OPEN);
        return link;
    }

    private void feed(Link link, int times) {
        ByteBuffer chunk = ByteBuffer.allocate(times * FRAME.length());
        for (int time = 0; time < times; time++) {
            chunk.put(FRAME.asByteBuffer());
        }
        take(link.received(chunk.flip(), now()));
    }

    private void take(List<LinkOutput> outputs) {
        outputs.stream()
                .filter(LinkOutput.Tell.class::isInstance)
                .map(output -> ((LinkOutput.Tell) output).event())
                .filter(Event.Received.class::isInstance)
                .forEach(told::add);
    }

    private Time now() {
        return new Time(nanos, Ends.WALL);
    }

    private static NodeLimits limits(long ofLink, long ofAll) {
        return NodeLimits.DEFAULT.with(Limit.MAX_LINK_UNHANDLED, ofLink).with(Limit.MAX_UNHANDLED, ofAll);
    }

    private static Intake intake(long ofLink, long ofAll) {
        NodeLimits limits = limits(ofLink, ofAll);
        return new Intake(new Intake.All(limits), limits);
    }

    private static Bytes frame(Message message) {
        return PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
    }
}
