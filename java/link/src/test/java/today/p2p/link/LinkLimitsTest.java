package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Chapter 12.5. */
class LinkLimitsTest {
    private static final Message MESSAGE = message(0, Value.of(0), Value.of("x"));
    private static final int FRAME =
            PackedMessage.of(MESSAGE, Limits.DEFAULT).frameFor(null).length();

    @Test
    void whatWaitsIsAtMostMaxLinkQueue() { // LNK-23, max-link-queue
        Ends ends = Ends.open(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 3 * FRAME));
        ends.send(MESSAGE);
        ends.send(MESSAGE);
        ends.send(MESSAGE);
        assertThat(ends.fate()).isEqualTo("open");

        ends.send(MESSAGE);
        assertThat(ends.fate()).isEqualTo("LIMIT");
        assertThat(ends.budget.queued()).isZero();
    }

    @Test
    void whatHasLeftDoesNotWait() { // LNK-23
        Ends ends = Ends.open(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 2 * FRAME));
        for (int i = 0; i < 100; i++) {
            ends.send(MESSAGE);
            ends.link.written(FRAME, ends.now());
        }

        assertThat(ends.fate()).isEqualTo("open");
        assertThat(ends.link.queuedBytes()).isZero();
    }

    @Test
    void oneFrameAboveTheLimitCountsNeitherItselfNorForWhatGoesWithIt() { // LNK-23
        Ends ends = Ends.open(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 3 * FRAME));
        Message large = message(0, Value.of(0), Value.of("x".repeat(4 * FRAME)));
        ends.send(MESSAGE);
        ends.send(large);
        ends.send(MESSAGE);
        ends.send(MESSAGE);
        assertThat(ends.fate()).isEqualTo("open");

        ends.link.written(2 * FRAME, ends.now());
        ends.send(MESSAGE);
        assertThat(ends.fate())
                .as("the first has left, and a part of the large one")
                .isEqualTo("open");
        ends.send(MESSAGE);
        assertThat(ends.fate()).isEqualTo("LIMIT");
        assertThat(ends.budget.queued()).isZero();
    }

    @Test
    void aSecondFrameAboveTheLimitWaitsUntilTheFirstIsThrough() { // LNK-23
        Ends ends = Ends.open(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, FRAME));
        Message large = message(0, Value.of(0), Value.of("x".repeat(4 * FRAME)));
        ends.send(large);
        ends.link.written(ends.link.queuedBytes(), ends.now());
        ends.send(large);
        assertThat(ends.fate()).isEqualTo("open");

        ends.link.written(ends.link.queuedBytes() - 1, ends.now());
        ends.send(large);
        assertThat(ends.fate()).isEqualTo("LIMIT");
    }

    @Test
    void aFrameOfAnySizeFitsAnEmptyQueue() { // LNK-23
        Ends ends = Ends.open(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 1).with(Limit.MAX_QUEUE, 1));
        ends.send(MESSAGE);

        assertThat(ends.fate()).isEqualTo("open");
        assertThat(ends.frames()).hasSize(1);
    }

    @Test
    void oneLinkHasItsGrantAndTwoThirdsOfTheRest() { // LNK-25, max-queue
        NodeLimits limits = limits(24 * FRAME, 4);
        Ends stalled = opened(limits, new QueueBudget(limits));
        // 3 are granted; of the other 12 it may have 8, twice what is left.
        for (int i = 0; i < 11; i++) {
            stalled.send(MESSAGE);
        }
        assertThat(stalled.fate()).isEqualTo("open");

        stalled.send(MESSAGE);
        assertThat(stalled.fate()).isEqualTo("LIMIT");
        assertThat(stalled.budget.queued()).isZero();
    }

    @Test
    void whoDoesNotReadLeavesTheOthersTheirGrantAndAPartOfTheRest() { // LNK-25, max-queue
        NodeLimits limits = limits(24 * FRAME, 4);
        QueueBudget budget = new QueueBudget(limits);
        Ends stalled = opened(limits, budget);
        Ends other = opened(limits, budget);
        for (int i = 0; i < 11; i++) {
            stalled.send(MESSAGE);
        }
        // 4 are left of the rest: two thirds of these are 2.
        for (int i = 0; i < 5; i++) {
            other.send(MESSAGE);
        }
        assertThat(other.fate()).isEqualTo("open");
        assertThat(stalled.fate()).as("what waits already may go on waiting").isEqualTo("open");
        assertThat(budget.queued()).isEqualTo(16 * FRAME);

        other.send(MESSAGE);
        assertThat(other.fate()).isEqualTo("LIMIT");
        assertThat(stalled.fate()).isEqualTo("open");
        assertThat(budget.queued()).isEqualTo(11 * FRAME);
    }

    @Test
    void aLinkThatReadsTakesFromNobody() { // LNK-25
        NodeLimits limits = limits(24 * FRAME, 4);
        QueueBudget budget = new QueueBudget(limits);
        Ends reading = opened(limits, budget);
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 11; i++) {
                reading.send(MESSAGE);
            }
            reading.link.written(FRAME, reading.now());
            reading.link.written(10 * FRAME, reading.now());
        }

        assertThat(reading.fate()).isEqualTo("open");
        assertThat(budget.queued()).isZero();
    }

    @Test
    void aFastPeerIsSlowedDownAndNotCutOff() { // LNK-24, max-message-rate, max-message-burst
        Ends ends =
                Ends.open(NodeLimits.DEFAULT.with(Limit.MAX_MESSAGE_BURST, 5).with(Limit.MAX_MESSAGE_RATE, 2));
        ends.passSeconds(10);
        ends.outputs.clear();
        for (int i = 0; i < 6; i++) {
            ends.receive(MESSAGE);
        }
        assertThat(ends.passed()).hasSize(5);
        assertThat(ends.link.takesBytes()).isFalse();

        ends.advance(Time.SECOND / 2 - 1);
        ends.outputs.addAll(ends.link.tick(ends.now()));
        assertThat(ends.passed()).hasSize(5);

        ends.advance(1);
        ends.outputs.addAll(ends.link.tick(ends.now()));
        assertThat(ends.passed()).hasSize(6);
        ends.passSeconds(1);
        assertThat(ends.link.takesBytes()).isTrue();
        assertThat(ends.fate()).isEqualTo("open");
    }

    private static NodeLimits limits(long maxQueue, long maxLinks) {
        return NodeLimits.DEFAULT.with(Limit.MAX_QUEUE, maxQueue).with(Limit.MAX_LINKS, maxLinks);
    }

    private static Ends opened(NodeLimits limits, QueueBudget budget) {
        Ends ends = new Ends(Ends.SELF, limits, budget);
        ends.receive(Ends.handshake(Ends.PEER));
        ends.link.written(ends.link.queuedBytes(), ends.now());
        return ends;
    }
}
