package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Opcode;

/** What is deleted at a peer that closes its link when it does not hold it (CRD-11). */
class DeletionTest {
    private static final List<Position> POSITIONS = Position.of(Bytes.ofUtf8("key"));
    private static final long DEADLINE = NodeLimits.DEFAULT.nanos(Timer.QUESTION_DEADLINE) / 1_000_000_000L;

    private final Circle circle = new Circle(1);
    private Circle.Seat seat;

    /** Node 0, and one that it takes for py2p, says that it has joined, and otherwise what the test says. */
    @BeforeEach
    void connect() {
        seat = circle.add();
        circle.add();
        circle.connect(0, 1, Lineage.PY2P);
        circle.run();
        seat.told(1, 2, Value.of(Opcode.HANDSHAKE.number()), Value.of("0"));
    }

    @Test
    void isSentWhenTheValueComesBehindANil() { // CRD-11, CRD-15
        seat.put("key", Value.nil());
        says(Value.nil());
        assertThat(stored()).isEmpty();
        says(Value.of(5));

        assertThat(stored()).containsExactly(Value.nil(), Value.nil(), Value.nil(), Value.nil(), Value.nil());
    }

    @Test
    void isNotSentWhenTheValueComesTooLate() { // CRD-11, CRD-18
        seat.put("key", Value.nil());
        says(Value.nil());
        circle.advance(DEADLINE);
        says(Value.of(5));
        assertThat(stored()).isEmpty();

        // And the next one is asked for as the first was.
        seat.put("key", Value.nil());
        says(Value.of(5));
        assertThat(stored()).hasSize(5);
    }

    @Test
    void isNotSentBehindWhatWasWrittenAfterIt() { // CRD-8, CRD-11
        seat.put("key", Value.nil());
        seat.put("key", Value.of(6));
        says(Value.of(5));
        assertThat(stored()).hasSize(5).containsOnly(Value.of(6));

        seat.put("key", Value.nil());
        says(Value.of(6));
        assertThat(stored()).hasSize(10).endsWith(Value.nil());
    }

    @Test
    void isSentOnceHoweverOftenItIsAskedFor() { // CRD-11
        seat.put("key", Value.nil());
        seat.put("key", Value.nil());
        says(Value.nil());
        seat.put("key", Value.nil());
        says(Value.nil());
        says(Value.of(5));
        says(Value.of(5));

        assertThat(stored()).hasSize(5);
    }

    /** What the peer answers for all five positions. */
    private void says(Value value) {
        for (Position position : POSITIONS) {
            seat.told(1, 2, Value.of(Opcode.RETRIEVED.number()), position.hashName(), position.key(), value);
        }
    }

    private List<Value> stored() {
        return seat.whispered.stream()
                .map(message -> message.payload())
                .filter(payload -> payload.get(0).equals(Value.of(Opcode.STORE.number())))
                .map(payload -> payload.get(3))
                .toList();
    }
}
