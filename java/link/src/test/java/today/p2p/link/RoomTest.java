package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Event;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** How whoever has much to send learns when it may go on (SYN-15, join-chunk). */
class RoomTest {
    private static final Message MESSAGE = message(0, Value.of(0), Value.of("x"));
    private static final int FRAME =
            PackedMessage.of(MESSAGE, Limits.DEFAULT).frameFor(null).length();
    private static final List<LinkOutput> ROOM = List.of(new LinkOutput.Tell(new Event.Room(new LinkId(1))));

    private final Ends ends = Ends.open(NodeLimits.DEFAULT.with(Limit.JOIN_CHUNK, FRAME));

    @Test
    void thereIsRoomAtOnceWhenNoMoreThanAPortionWaits() { // SYN-15
        ends.send(MESSAGE);

        assertThat(ends.link.askRoom()).isEqualTo(ROOM);
        assertThat(ends.link.written(FRAME, ends.now())).as("told once").isEmpty();
    }

    @Test
    void aPortionIsNoMoreThanAQuarterOfTheQueue() { // SYN-15, LNK-23, join-chunk, max-link-queue
        NodeLimits limits = NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 4 * FRAME + 3);
        Ends narrow = Ends.open(limits);
        narrow.send(MESSAGE);
        assertThat(limits.portion()).isEqualTo(FRAME);
        assertThat(narrow.link.askRoom()).isEqualTo(ROOM);

        narrow.send(MESSAGE);
        assertThat(narrow.link.askRoom()).isEmpty();
        assertThat(NodeLimits.DEFAULT.portion()).isEqualTo(Limit.JOIN_CHUNK.standard());
        assertThat(NodeLimits.DEFAULT.with(Limit.MAX_LINK_QUEUE, 1).portion()).isEqualTo(1);
    }

    @Test
    void thereIsRoomWhenEnoughHasLeft() { // SYN-15
        ends.send(MESSAGE);
        ends.send(MESSAGE);

        assertThat(ends.link.askRoom()).isEmpty();
        assertThat(ends.link.written(FRAME - 1, ends.now())).isEmpty();
        assertThat(ends.link.written(1, ends.now())).isEqualTo(ROOM);
        assertThat(ends.link.written(FRAME, ends.now())).isEmpty();
    }

    @Test
    void thereIsNoneBesideTheRestOfAFrameThatNoSecondMayMeet() { // LNK-23, CRD-32, SYN-15
        Ends narrow = Ends.open(NodeLimits.DEFAULT.with(Limit.JOIN_CHUNK, FRAME).with(Limit.MAX_LINK_QUEUE, FRAME));
        Message large = message(0, Value.of(0), Value.of("x".repeat(4 * FRAME)));
        narrow.send(large);
        long rest = narrow.link.queuedBytes();

        assertThat(narrow.link.askRoom()).isEmpty();
        assertThat(narrow.link.written(rest - 1, narrow.now())).isEmpty();
        assertThat(narrow.link.written(1, narrow.now())).isEqualTo(ROOM);
        narrow.send(large);
        assertThat(narrow.fate()).isEqualTo("open");
    }

    @Test
    void aClosedLinkSaysNothing() { // SYN-15
        ends.send(MESSAGE);
        ends.send(MESSAGE);
        ends.link.askRoom();
        ends.link.close(CloseReason.because(CloseReason.Cause.LOCAL, "enough"));

        assertThat(ends.link.written(2 * FRAME, ends.now())).isEmpty();
        assertThat(ends.link.askRoom()).isEmpty();
    }
}
