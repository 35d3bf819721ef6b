package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.Ends.message;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Message;

/** Chapter 12.4. */
class KeepAliveTest {
    private static final Message PING = message(2, Value.of(3));
    private static final Message PONG = message(2, Value.of(4));

    private final Ends ends = Ends.open();

    @Test
    void aSilentPeerIsPingedOnceForEachPingAfter() { // LNK-20, ping-after
        ends.passSeconds(19);
        assertThat(ends.frames()).isEmpty();

        ends.passSeconds(1);
        assertThat(ends.written()).extracting(Message::payload).containsExactly(List.of(Value.of(3)));

        ends.passSeconds(20);
        assertThat(ends.written()).hasSize(2);
    }

    @Test
    void atTheDeadlineThePingIsSentAndTheDeadlineMoves() { // LNK-20
        long due = ends.link.deadline().orElseThrow();
        ends.passSeconds(20);

        assertThat(ends.link.deadline().orElseThrow()).isGreaterThan(due);
    }

    @Test
    void pingsAreAnsweredAtMostOnceInPongEvery() { // LNK-20, pong-every
        ends.receive(PING);
        ends.advance(Time.SECOND - 1);
        ends.receive(PING);
        assertThat(ends.written()).extracting(Message::payload).containsExactly(List.of(Value.of(4)));

        ends.advance(1);
        ends.receive(PING);
        assertThat(ends.written()).hasSize(2);
    }

    @Test
    void aPeerThatNeverAnswersPingsIsNotClosedForIt() { // LNK-21
        ends.passSecondsAndWrite(600);

        assertThat(ends.fate()).isEqualTo("open");
    }

    @Test
    void aPeerThatHasAnsweredOnceIsDeadWhenItStops() { // LNK-21, dead-after
        ends.passSecondsAndWrite(20);
        ends.receive(PONG);
        ends.passSecondsAndWrite(59);
        assertThat(ends.fate()).isEqualTo("open");

        ends.passSecondsAndWrite(1);
        assertThat(ends.fate()).isEqualTo("SLOW");
    }

    @Test
    void aPeerThatNeitherReadsNorWritesIsDead() { // LNK-21
        ends.passSecondsAndWrite(100);
        ends.send(message(0, Value.of(0)));
        ends.passSeconds(59);
        assertThat(ends.fate()).as("its silence before does not count").isEqualTo("open");

        ends.passSeconds(1);
        assertThat(ends.fate()).isEqualTo("SLOW");
    }

    @Test
    void aPeerThatReadsSlowlyLives() { // LNK-21
        ends.send(message(0, Value.of(0), Value.of("x".repeat(100))));
        for (int i = 0; i < 5; i++) {
            ends.passSeconds(50);
            ends.link.written(1, ends.now());
        }

        assertThat(ends.fate()).isEqualTo("open");
    }

    /** F12: in 0.7, one byte in 59 s holds a place for ever. */
    @Test
    void factF12AByteInFiftyNineSecondsDoesNotHoldALink() { // LNK-22, frame-deadline
        ends.receive(Bytes.ofHex("01000000"));
        ends.passSeconds(9);
        assertThat(ends.fate()).isEqualTo("open");
        ends.receive((byte) 0);

        ends.passSeconds(1);
        ends.passSeconds(1);
        assertThat(ends.fate()).isEqualTo("SLOW");
    }

    @Test
    void aFrameMayTakeASecondLongerForEachMinFrameRateBytes() { // LNK-22, min-frame-rate
        ends.receive(Bytes.ofHex("01000000"));
        ends.receive(new byte[16384]);
        ends.advance(11 * Time.SECOND - 1);
        ends.outputs.addAll(ends.link.tick(ends.now()));
        assertThat(ends.fate()).isEqualTo("open");

        ends.advance(1);
        ends.outputs.addAll(ends.link.tick(ends.now()));
        assertThat(ends.fate()).isEqualTo("SLOW");
    }

    @Test
    void aGreetingThatTricklesEndsToo() { // LNK-8, LNK-22
        Ends greeting = new Ends(NodeLimits.DEFAULT);
        for (int i = 0; i < 10; i++) {
            greeting.receive((byte) 0);
            greeting.passSeconds(1);
        }

        assertThat(greeting.fate()).isIn("SLOW", "SHORT");
    }
}
