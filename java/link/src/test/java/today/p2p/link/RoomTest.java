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
    void thereIsRoomWhenEnoughHasLeft() { // SYN-15
        ends.send(MESSAGE);
        ends.send(MESSAGE);

        assertThat(ends.link.askRoom()).isEmpty();
        assertThat(ends.link.written(FRAME - 1, ends.now())).isEmpty();
        assertThat(ends.link.written(1, ends.now())).isEqualTo(ROOM);
        assertThat(ends.link.written(FRAME, ends.now())).isEmpty();
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
