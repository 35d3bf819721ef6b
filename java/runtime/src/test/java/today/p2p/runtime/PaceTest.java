package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

class PaceTest {
    @Test
    void theEstimateIsNoLessThanTheMessageAndNotFarFromIt() {
        Value nested = Value.map(new Value.Entry(
                Value.of("k".repeat(40)),
                Value.array(Value.of(1), Value.of("v".repeat(300)), Value.of(Bytes.of(new byte[70_000])))));
        List<Value> payload = List.of(nested, Value.nil(), Value.of(Long.MIN_VALUE), Value.of(1.5));
        int encoded = PackedMessage.of(new Message(0, Value.of(""), 1, payload), Limits.DEFAULT)
                .bare()
                .length();

        assertThat(Pace.bytes(payload)).isBetween((long) encoded - 20, encoded + 100L);
    }

    @Test
    void whatIsNestedTooDeepIsNotFollowed() {
        Value deep = Value.of("end");
        for (int level = 0; level < 100_000; level++) {
            deep = Value.array(deep);
        }

        assertThat(Pace.bytes(List.of(deep))).isPositive();
    }
}
