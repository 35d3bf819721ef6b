package today.p2p.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and bytes: what is the same and what is not. */
class ValueTest {

    @Test
    void integerAndFloatAreDifferent() { // MPK-3
        assertThat((Value) Value.of(1)).isNotEqualTo(Value.of(1.0));
        assertThat(Value.of(0.0)).isNotEqualTo(Value.of(-0.0));
        assertThat(Value.of(Double.NaN)).isEqualTo(Value.of(Double.NaN));
        assertThat(Value.of(Double.longBitsToDouble(0x7ff8000000000001L))).isNotEqualTo(Value.of(Double.NaN));
    }

    @Test
    void textAndBinaryAreDifferentButHaveTheSameBytes() { // MSG-8, MSG-9
        Value.ByteString text = Value.of("é");
        Value.ByteString binary = Value.of(Bytes.ofHex("c3a9"));

        assertThat(text).isNotEqualTo(binary);
        assertThat(text.bytes()).isEqualTo(binary.bytes());
    }

    @Test
    void theOrderOfEntriesIsKeptButDoesNotCount() { // MPK-9, MPK-14
        Value.Entry one = new Value.Entry(Value.of(1), Value.nil());
        Value.Entry two = new Value.Entry(Value.of(2), Value.nil());

        assertThat(Value.map(one, two)).isEqualTo(Value.map(two, one)).hasSameHashCodeAs(Value.map(two, one));
        assertThat(Value.map(one, two)).isNotEqualTo(Value.map(one));
        assertThat(Value.map(two, one).entries()).containsExactly(two, one);
        assertThat(Value.map(two, one).get(Value.of(1))).contains(Value.nil());
        assertThat(Value.map(two, one).get(Value.of(3))).isEmpty();
    }

    @Test
    void whatWasGivenCanChangeWithoutAnEffect() {
        byte[] array = {1, 2};
        Bytes bytes = Bytes.of(array);
        Value[] items = {Value.nil()};
        Value.Array values = Value.array(items);

        array[0] = 9;
        items[0] = Value.of(true);
        bytes.toArray()[0] = 9;

        assertThat(bytes).isEqualTo(Bytes.ofHex("0102"));
        assertThat(values.items()).containsExactly(Value.nil());
        ByteBuffer view = bytes.asByteBuffer();
        assertThatThrownBy(() -> view.put((byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(view.hasArray()).isFalse();
    }

    @Test
    void bytesAreOrderedAsUnsignedNumbersAndAPrefixComesFirst() { // chapter 7
        List<Bytes> ordered = List.of(
                Bytes.EMPTY,
                Bytes.ofHex("00"),
                Bytes.ofHex("7f"),
                Bytes.ofHex("7f00"),
                Bytes.ofHex("80"),
                Bytes.ofHex("ff"));

        assertThat(ordered).isSorted();
        assertThat(Bytes.ofHex("80")).isGreaterThan(Bytes.ofHex("7f"));
    }

    @Test
    void aSliceIsEqualToItsCopyAndKnowsItsBounds() {
        Bytes whole = Bytes.ofUtf8("abcdef");
        Bytes slice = whole.slice(2, 4);

        assertThat(slice).isEqualTo(Bytes.ofUtf8("cd")).hasSameHashCodeAs(slice.compact());
        assertThat(slice.get(1)).isEqualTo((byte) 'd');
        assertThat(slice.sha256()).isEqualTo(Bytes.ofUtf8("cd").sha256());
        assertThat(slice.asByteBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {'c', 'd'}));
        assertThatThrownBy(() -> slice.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "61",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "6161616161616161c3a9",
                "c3a96161616161616161e282ac"
            })
    void wellFormedUtf8IsText(String hex) { // MPK-8
        assertThat(Bytes.ofHex(hex).isUtf8()).isTrue();
        assertThat(Value.text(Bytes.ofHex(hex)).bytes().hex()).isEqualTo(hex);
        assertThat(Bytes.ofUtf8(Bytes.ofHex(hex).utf8()).hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c080",
                "c1bf",
                "c2",
                "c27f",
                "c2c0",
                "df",
                "e0",
                "e09fbf",
                "e080",
                "e0a0",
                "e0a07f",
                "eda080",
                "edbfbf",
                "e28280e282",
                "f0",
                "f08fbfbf",
                "f090",
                "f09080",
                "f0908000",
                "f4908080",
                "f5808080",
                "f8888080",
                "fe",
                "ff",
                "6161616161616161ff",
                "ff6161616161616161",
                "616161616161616180"
            })
    void anyOtherSequenceIsNot(String hex) { // MPK-8
        assertThat(Bytes.ofHex(hex).isUtf8()).isFalse();
        assertThatThrownBy(() -> Value.text(Bytes.ofHex(hex))).isInstanceOf(NotEncodableException.class);
    }
}
