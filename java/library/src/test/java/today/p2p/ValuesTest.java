package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** The table of {@link Values}, row by row, and what is refused. */
class ValuesTest {
    @Test
    void everyRowOfTheTableIsWhatItSays() {
        assertThat(Values.of(null)).isEqualTo(Value.nil());
        assertThat(Values.of(true)).isEqualTo(Value.of(true));
        assertThat(List.of(Values.of((byte) 7), Values.of((short) 7), Values.of(7), Values.of(7L)))
                .containsOnly(Value.of(7));
        assertThat(Values.of(BigInteger.TWO.pow(64).subtract(BigInteger.ONE))).isEqualTo(Value.ofUnsigned(-1));
        assertThat(List.of(Values.of(1.5f), Values.of(1.5))).containsOnly(Value.of(1.5));
        assertThat(Values.of("text")).isEqualTo(Value.of("text"));
        Value binary = Value.of(Bytes.of((byte) 1, (byte) 2));
        assertThat(List.of(
                        Values.of(new byte[] {1, 2}),
                        Values.of(ByteBuffer.wrap(new byte[] {0, 1, 2}, 1, 2)),
                        Values.of(Bytes.of((byte) 1, (byte) 2))))
                .containsOnly(binary);
        assertThat(List.of(Values.of(List.of(1, "a")), Values.of(new Object[] {1, "a"})))
                .containsOnly(Value.array(Value.of(1), Value.of("a")));
        assertThat(Values.of(Map.of("k", 1))).isEqualTo(Value.map(new Value.Entry(Value.of("k"), Value.of(1))));
        assertThat(Values.of(binary)).isSameAs(binary);
    }

    @Test
    void whatGoesThereComesBack() {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put(1L, List.of(true, 1.5, "x"));
        map.put(Bytes.of((byte) 9), BigInteger.TWO.pow(63));
        List<@Nullable Object> all = Arrays.asList(null, -5L, map, List.of());

        assertThat(Values.toJava(Values.of(all))).isEqualTo(all);
        Object back = Objects.requireNonNull(Values.toJava(Values.of(map)));
        assertThat(((Map<?, ?>) back).keySet().toArray()).containsExactly("z", 1L, Bytes.of((byte) 9));
        Value ext = Value.ext(5, Bytes.EMPTY);
        assertThat(Values.toJava(ext)).isSameAs(ext);
    }

    @Test
    void whatHasNoFormIsRefusedWithItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.row(new Object[] {1, Map.of("k", List.of(1, Optional.empty()))}))
                .withMessageContaining("value[1][\"k\"][1] is a java.util.Optional");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(BigInteger.TWO.pow(64)))
                .withMessageContaining("value")
                .withMessageContaining("RANGE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(List.of("\ud800")))
                .withMessageContaining("value[0]")
                .withMessageContaining("TEXT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(Map.of(1, "a", 1L, "b")))
                .withMessageContaining("two keys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(new java.math.BigDecimal("1.5")))
                .withMessageContaining("java.math.BigDecimal");
    }

    @Test
    void aLoneNullIsOneNil() {
        assertThat(Values.row(null)).containsExactly(Value.nil());
        assertThat(Values.row(new @Nullable Object[] {null})).containsExactly(Value.nil());
        assertThat(Values.row(new Object[0])).isEmpty();
    }

    @Test
    void nestingEndsWhereTheProtocolEndsIt() { // MPK-7
        List<Object> loop = new ArrayList<>();
        loop.add(loop);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.of(loop))
                .withMessageContaining("nested deeper than 64");
    }
}
