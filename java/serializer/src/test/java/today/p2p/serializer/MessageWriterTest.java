package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.BufferOverflowException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;

/** MPK-12 to MPK-15, and the caller's own mistakes. */
class MessageWriterTest {
    private static final Value.Text SENDER = Value.of("a");

    private final MessageWriter writer = new MessageWriter(Limits.DEFAULT);

    @Test
    void aMessageWrittenFieldByFieldIsTheSameAsTheWholeOne() {
        Value map = Value.map(
                new Value.Entry(Value.of("k"), Value.of(new BigInteger("18446744073709551615"))),
                new Value.Entry(Value.nil(), Value.ext(-1, Bytes.of((byte) 1))));
        Message message =
                new Message(0, SENDER, 5, List.of(Value.of(0), Value.array(Value.of("é"), Value.of(true)), map));
        byte[] buffer = new byte[200];

        writer.begin(buffer, 10, 0, SENDER, 5, 3);
        writer.writeLong(0);
        writer.beginArray(2);
        writer.writeText("é");
        writer.writeBoolean(true);
        writer.beginMap(2);
        writer.writeText("k");
        writer.writeUnsignedLong(-1);
        writer.writeNil();
        writer.writeExt(-1, Bytes.of((byte) 1));
        int length = writer.end();

        Bytes frame = Bytes.copyOf(buffer, 10, length);
        assertThat(frame).isEqualTo(PackedMessage.of(message, Limits.DEFAULT).frameFor(null));
        assertThat(writer.write(message, new byte[length], 0)).isEqualTo(length);
        assertThat(((Decoded.Complete) Samples.decode(frame.toArray())).frame().message())
                .isEqualTo(message);
    }

    @Test
    void aLargeMessageIsPackedInTheArrayThatItWasWrittenIn() {
        Message message = new Message(0, SENDER, 5, List.of(Value.of(Bytes.of(new byte[100_000]))));
        writer.pack(message);
        Allocations.warmUp();

        long allocated = Allocations.during(() -> writer.pack(message));

        assertThat(allocated).isBetween(100_000L, 110_000L);
        Bytes first = writer.pack(message).frameFor(null);
        Bytes whole = Bytes.of(first.toArray());
        writer.pack(new Message(1, SENDER, 5, List.of(Value.of(Bytes.of(new byte[90_000])))));
        assertThat(first).as("after the next one").isEqualTo(whole);
        assertThat(((Decoded.Complete) Samples.decode(whole.toArray())).frame().message())
                .isEqualTo(message);
    }

    @Test
    void aBufferOfTheFramesLengthIsEnoughAndOneByteLessIsNot() {
        Message message = new Message(0, SENDER, 5, List.of(Value.of(Bytes.of(new byte[5000]))));
        int length = PackedMessage.of(message, Limits.DEFAULT).frameFor(null).length();

        assertThat(writer.write(message, new byte[length], 0)).isEqualTo(length);
        assertThatThrownBy(() -> writer.write(message, new byte[length - 1], 0))
                .isInstanceOf(BufferOverflowException.class);
        assertThat(writer.pack(message).frameFor(null).length()).isEqualTo(length);
    }

    @Test
    void aTypeOutsideOneByteIsRefused() { // MPK-15
        assertRefused(ErrorCode.OPCODE, () -> writer.begin(256, SENDER, 0, 0));
        assertRefused(ErrorCode.OPCODE, () -> writer.begin(-1, SENDER, 0, 0));
        assertRefused(ErrorCode.OPCODE, () -> new Message(256, SENDER, 0, List.of()));
        assertThat(new Message(255, SENDER, Long.MAX_VALUE, List.of()).type()).isEqualTo(255);
    }

    @Test
    void aNegativeTimeIsRefused() { // MPK-15
        assertRefused(ErrorCode.RANGE, () -> writer.begin(0, SENDER, -1, 0));
        assertRefused(ErrorCode.RANGE, () -> new Message(0, SENDER, -1, List.of()));
    }

    @Test
    void anIntegerOfMoreThan64BitsIsRefused() { // MPK-15, MPK-4
        BigInteger least = BigInteger.TWO.pow(63).negate();
        BigInteger most = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

        assertThat(Value.of(least).bigValue()).isEqualTo(least);
        assertThat(Value.of(most).bigValue()).isEqualTo(most);
        assertThat(Value.of(BigInteger.TWO.pow(63)).isAboveLong()).isTrue();
        assertThat(Value.of(BigInteger.TWO.pow(63).subtract(BigInteger.ONE)).isAboveLong())
                .isFalse();
        assertRefused(ErrorCode.RANGE, () -> Value.of(least.subtract(BigInteger.ONE)));
        assertRefused(ErrorCode.RANGE, () -> Value.of(most.add(BigInteger.ONE)));
    }

    @Test
    void aLoneSurrogateIsRefused() { // MPK-15
        for (String text : new String[] {"\ud800", "a\udc00", "\udc00\ud800", "\ud83d"}) {
            assertRefused(ErrorCode.TEXT, () -> Value.of(text));
            assertRefused(ErrorCode.TEXT, () -> payload(1, to -> to.writeText(text)));
        }
        assertThat(Value.of("\ud83d\ude00").bytes()).isEqualTo(Bytes.ofHex("f09f9880"));
    }

    @Test
    void aRepeatedKeyIsRefused() { // MPK-15
        assertRefused(
                ErrorCode.BODY,
                () -> payload(1, to -> {
                    to.beginMap(2);
                    to.writeLong(1);
                    to.writeNil();
                    to.writeUnsignedLong(1);
                    to.writeNil();
                }));
    }

    @Test
    void sixtyFourLevelsAreWrittenAndSixtyFiveRefused() { // MPK-15, MPK-7
        assertThat(writer.pack(new Message(0, SENDER, 0, List.of(nested(63))))).isNotNull();
        assertRefused(ErrorCode.LIMIT, () -> writer.pack(new Message(0, SENDER, 0, List.of(nested(64)))));
        assertRefused(ErrorCode.LIMIT, () -> writer.pack(new Message(0, SENDER, 0, List.of(nested(2000)))));
    }

    @Test
    void asManyItemsAsADecoderTakesAreWrittenAndNoMore() { // MPK-15, MPK-16
        List<Value> most = java.util.Collections.nCopies(262_144 - 4, Value.nil());
        List<Value> more = java.util.Collections.nCopies(262_144 - 3, Value.nil());

        assertThat(writer.pack(new Message(0, SENDER, 0, List.of(Value.of(most)))))
                .isNotNull();
        assertRefused(ErrorCode.LIMIT, () -> writer.pack(new Message(0, SENDER, 0, List.of(Value.of(more)))));
        assertRefused(
                ErrorCode.LIMIT, () -> writer.pack(new Message(0, SENDER, 0, List.of(Value.nil(), Value.of(most)))));
    }

    private static Value nested(int levels) {
        Value value = Value.array();
        for (int level = 1; level < levels; level++) {
            value = Value.array(value);
        }
        return value;
    }

    @Test
    void anItemTooManyOrTooFewIsTheCallersMistake() {
        assertThatThrownBy(() -> payload(1, to -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> payload(0, MessageWriter::writeNil)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> payload(1, to -> to.beginArray(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> payload(1, to -> {
                    to.beginArray(0);
                    to.writeNil();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMessageOfWhichAnItemWasRefusedCannotBeEnded() {
        writer.begin(0, SENDER, 0, 1);
        assertRefused(ErrorCode.TEXT, () -> writer.writeText("é\ud800"));
        assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);

        writer.begin(new byte[60], 0, 0, SENDER, 0, 1);
        assertThatThrownBy(() -> writer.writeText("x".repeat(60))).isInstanceOf(BufferOverflowException.class);
        assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);

        writer.begin(0, SENDER, 0, 1);
        for (int level = 1; level < Limits.MAX_DEPTH; level++) {
            writer.beginArray(1);
        }
        assertRefused(ErrorCode.LIMIT, () -> writer.beginArray(0));
        assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWriterIsAsGoodAfterAMistakeAsBefore() {
        byte[] large = new byte[10_000];
        assertThatThrownBy(() -> payload(2, to -> to.writeBinary(large, 0, large.length)))
                .isInstanceOf(IllegalStateException.class);

        Message message = new Message(0, SENDER, 0, List.of(Value.of(7)));
        assertThat(writer.pack(message).id())
                .isEqualTo(PackedMessage.of(message, Limits.DEFAULT).id());
    }

    private void payload(int items, Consumer<MessageWriter> body) {
        writer.begin(0, SENDER, 0, items);
        body.accept(writer);
        writer.end();
    }

    private static void assertRefused(ErrorCode code, Runnable mistake) {
        assertThatExceptionOfType(NotEncodableException.class)
                .isThrownBy(mistake::run)
                .matches(refused -> refused.code() == code, "refused with " + code);
    }
}
