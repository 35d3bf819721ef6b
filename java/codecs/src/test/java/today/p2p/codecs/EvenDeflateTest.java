package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.EvenDeflate;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Frames for a peer that could be py2p (LNK-34). */
class EvenDeflateTest {
    private static final long SEED = 32;

    @ParameterizedTest
    @ValueSource(ints = {0x13, 0x11})
    void everyFrameIsAMultipleOfEightBytesLongAndReadsAsTheMessage(int number) { // LNK-34
        Codec plain = codec(number);
        Codec even = EvenDeflate.of(plain).orElseThrow();
        SplittableRandom dice = new SplittableRandom(SEED);
        for (int bytes = 0; bytes < 700; bytes++) {
            byte[] content = new byte[bytes];
            if (bytes % 2 == 0) {
                dice.nextBytes(content);
            }
            PackedMessage packed = packed(content);

            Bytes frame = packed.frameFor(even);

            assertThat(frame.length() % 8).as("seed %d, %d bytes", SEED, bytes).isZero();
            Decoded read = new FrameDecoder(Limits.DEFAULT, List.of(plain)).decode(frame);
            assertThat(((Decoded.Complete) read).frame().id()).isEqualTo(packed.id());
            assertThat(((Decoded.Complete) read).frame().codec()).contains(plain);
        }
    }

    @Test
    void whatDoesNotCompressIsStoredInBlocks() { // LNK-34: at and beside the largest block, 65,535 bytes
        for (int bytes : new int[] {65_000, 65_486, 65_487, 65_488, 131_070, 200_000}) {
            byte[] content = new byte[bytes];
            new SplittableRandom(SEED).nextBytes(content);
            PackedMessage packed = packed(content);

            Bytes frame = packed.frameFor(EvenDeflate.of(codec(0x13)).orElseThrow());

            assertThat(frame.length()).isBetween(bytes, bytes + 120);
            assertThat(frame.length() % 8).isZero();
            Decoded read = new FrameDecoder(Limits.DEFAULT, List.of(codec(0x13))).decode(frame);
            assertThat(((Decoded.Complete) read).frame().id()).isEqualTo(packed.id());
        }
    }

    @Test
    void whatCompressesIsCompressed() { // LNK-34, CMP-13
        Codec even = EvenDeflate.of(codec(0x13)).orElseThrow();

        assertThat(packed(new byte[10_000]).frameFor(even).length()).isLessThan(200);
    }

    @Test
    void aFrameThatWouldBeAboveMaxFrameGoesRaw() { // LNK-34, FRM-9
        Limits limits = Limits.DEFAULT.toBuilder().maxFrame(400).build();
        byte[] content = new byte[400];
        new SplittableRandom(SEED).nextBytes(content);
        Codec even = EvenDeflate.of(codec(0x13)).orElseThrow();
        PackedMessage above = PackedMessage.of(message(List.of(Value.of(2), binary(content, 349))), limits);
        PackedMessage below = PackedMessage.of(message(List.of(Value.of(2), binary(content, 300))), limits);

        assertThat(above.frameFor(even)).isEqualTo(above.frameFor(null));
        assertThat(below.frameFor(even).length() % 8).isZero();
    }

    @Test
    void aHandshakeGoesRawAndChordMetaDoesNot() { // CMP-12, LNK-34
        Codec even = EvenDeflate.of(codec(0x13)).orElseThrow();
        Value five = Value.of(5);
        PackedMessage handshake = PackedMessage.of(message(List.of(five, five, five, five, five)), Limits.DEFAULT);
        PackedMessage meta = PackedMessage.of(message(List.of(five, Value.of("1"))), Limits.DEFAULT);

        assertThat(handshake.frameFor(even)).isEqualTo(handshake.frameFor(null));
        assertThat(meta.frameFor(even)).isNotEqualTo(meta.frameFor(null));
        assertThat(meta.frameFor(even).length() % 8).isZero();
    }

    @Test
    void othersThanZlibAndGzipHaveNone() { // LNK-34
        assertThat(EvenDeflate.of(codec(0x20))).isEmpty();
        assertThat(EvenDeflate.of(codec(0x12))).isEmpty();
    }

    @Test
    void aMessageIsCodedOnceForAllSuchPeers() { // LNK-34
        PackedMessage packed = packed(new byte[1000]);
        Bytes frame = packed.frameFor(EvenDeflate.of(codec(0x13)).orElseThrow());

        assertThat(packed.frameFor(EvenDeflate.of(codec(0x13)).orElseThrow())).isSameAs(frame);
        assertThat(packed.frameFor(codec(0x13))).isNotEqualTo(frame);
        assertThat(packed(new byte[9]).isCoded(EvenDeflate.of(codec(0x13)).orElseThrow()))
                .as("storing takes no other thread")
                .isTrue();
    }

    private static Value binary(byte[] content, int length) {
        return Value.of(Bytes.copyOf(content, 0, length));
    }

    private static PackedMessage packed(byte[] content) {
        return PackedMessage.of(message(List.of(Value.of(2), Value.of(Bytes.of(content)))), Limits.DEFAULT);
    }

    private static Message message(List<Value> payload) {
        return new Message(2, Value.of("a"), 1_500_000_000L, payload);
    }

    private static Codec codec(int number) {
        return Codecs.find(number).orElseThrow();
    }
}
