package today.p2p.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;

/** What goes to the links, and how a body is told from a coded one: CMP-5 to CMP-15, FRM-9 to FRM-12. */
class PackedMessageTest {
    private final Trimming trimming = new Trimming(true);

    @Test
    void aMessageIsCodedOnceHoweverManyLinksThereAre() {
        PackedMessage packed = packed(2, new byte[1000]);

        Bytes frame = packed.frameFor(trimming);

        assertThat(frame.length()).isLessThan(100);
        assertThat(packed.frameFor(trimming)).isSameAs(frame);
        assertThat(trimming.compressed).isEqualTo(1);
        assertThat(decode(frame, trimming).codec()).contains(trimming);
        assertThat(decode(frame, trimming).id()).isEqualTo(packed.id());
    }

    @Test
    void whileOneThreadCodesNoOtherWaitsAndTheFirstFrameStays() {
        List<Bytes> frames = new ArrayList<>();
        PackedMessage[] packed = {packed(2, new byte[1000])};
        // Whoever asks while this codec is at work stands for another thread.
        Codec slow = new Trimming(true) {
            @Override
            public boolean compress(byte[] plain, int offset, int length, BoundedOutput out) {
                if (compressed == 0) {
                    compressed++;
                    assertThat(packed[0].isCoded(this)).isFalse();
                    frames.add(packed[0].frameFor(this));
                    assertThat(packed[0].isCoded(this)).isTrue();
                }
                return super.compress(plain, offset, length, out);
            }
        };
        assertThat(packed[0].isCoded(slow)).isFalse();
        frames.add(packed[0].frameFor(slow));

        assertThat(frames).hasSize(2);
        assertThat(frames.get(1)).isSameAs(frames.get(0));
        assertThat(packed[0].isCoded(slow)).isTrue();
        assertThat(packed[0].isCoded(trimming)).as("another codec").isFalse();
    }

    @Test
    void whatGoesRawAnywayNeedsNoCoding() {
        assertThat(packed(2, new byte[1000]).isCoded(null)).isTrue();
        assertThat(packed(2, new byte[100]).isCoded(trimming)).isTrue();
    }

    @Test
    void aHandshakeGoesRaw() { // CMP-12
        PackedMessage handshake = packed(Opcode.HANDSHAKE.number(), new byte[1000]);

        assertThat(handshake.frameFor(trimming)).isEqualTo(handshake.frameFor(null));
        assertThat(trimming.compressed).isZero();
    }

    @Test
    void aShortMessageGoesRaw() { // CMP-13: 32 bytes of checksum and 8 around the binary
        assertThat(packed(2, new byte[255 - 32 - 8]).frameFor(trimming).length())
                .isEqualTo(4 + 255);
        assertThat(trimming.compressed).isZero();
        assertThat(packed(2, new byte[256 - 32 - 8]).frameFor(trimming).length())
                .isLessThan(200);
    }

    @Test
    void aCodeThatSavesASixteenthIsSentAndOneByteLessIsNot() { // CMP-13
        PackedMessage packed = packed(2, new byte[1600 - 32 - 9]);
        assertThat(packed.frameFor(null).length()).isEqualTo(4 + 1600);

        assertThat(packed.frameFor(new Fixed(1500)).length()).isEqualTo(4 + 1500);
        assertThat(packed.frameFor(new Fixed(1501))).isEqualTo(packed.frameFor(null));
    }

    @Test
    void aCodeWithARatioThatPeersRefuseIsNotSent() { // CMP-14, CMP-3
        Limits limits = Limits.DEFAULT.toBuilder().ratioFree(1000).maxRatio(10).build();
        PackedMessage packed = PackedMessage.of(message(2, new byte[2000 - 32 - 9]), limits);

        assertThat(packed.frameFor(new Fixed(200)).length()).isEqualTo(4 + 200);
        assertThat(packed.frameFor(new Fixed(199)).length()).isEqualTo(4 + 2000);
    }

    @Test
    void randomDataIsNotEvenTried() { // CMP-15
        byte[] random = new byte[4000];
        new SplittableRandom(7).nextBytes(random);
        PackedMessage packed = packed(2, random);

        assertThat(packed.frameFor(trimming)).isEqualTo(packed.frameFor(null));
        assertThat(trimming.compressed).isZero();
    }

    @Test
    void aRelayedFrameIsTheBytesThatCame() { // FRM-10
        Bytes coded = packed(2, new byte[1000]).frameFor(trimming);

        Frame frame = decode(coded, trimming);

        assertThat(frame.packed().frameFor(null))
                .isEqualTo(packed(2, new byte[1000]).frameFor(null));
        assertThat(frame.bare()).isEqualTo(packed(2, new byte[1000]).bare());
    }

    @Test
    void timeZeroIsEncodedAsZero() { // FRM-12
        Message message = new Message(0, Value.of(""), 0, List.of());

        assertThat(PackedMessage.of(message, Limits.DEFAULT).bare()).isEqualTo(Bytes.ofHex("9300a000"));
    }

    @Test
    void aFrameAboveItsLimitIsNotSent() { // FRM-9
        Limits limits = Limits.DEFAULT.toBuilder().maxFrame(500).build();
        PackedMessage atLimit = PackedMessage.of(message(2, new byte[500 - 32 - 9]), limits);
        PackedMessage above = PackedMessage.of(message(2, new byte[500 - 32 - 8]), limits);

        assertThat(atLimit.frameFor(null).length()).isEqualTo(504);
        assertThatExceptionOfType(NotEncodableException.class)
                .isThrownBy(() -> above.frameFor(null))
                .matches(refused -> refused.code() == ErrorCode.LIMIT);
        // Coded, it fits.
        assertThat(above.frameFor(trimming).length()).isLessThan(500);
    }

    @Test
    void aPlainTextAboveItsLimitIsNotPacked() { // FRM-9
        Limits limits = Limits.DEFAULT.toBuilder().maxInflated(500).build();

        assertThat(PackedMessage.of(message(2, new byte[500 - 32 - 9]), limits)).isNotNull();
        assertThatExceptionOfType(NotEncodableException.class)
                .isThrownBy(() -> PackedMessage.of(message(2, new byte[500 - 32 - 8]), limits))
                .matches(refused -> refused.code() == ErrorCode.LIMIT);
    }

    @Test
    void rawIsAcceptedAtAllTimesAndOnlyListedCodecsAre() { // CMP-5, CMP-6
        PackedMessage packed = packed(2, new byte[1000]);

        assertThat(decode(packed.frameFor(null), trimming).codec()).isEmpty();
        Decoded refused = new FrameDecoder(Limits.DEFAULT, List.of()).decode(packed.frameFor(trimming));
        FrameDecoderTest.assertRefused(refused, ErrorCode.CHECKSUM, 0);
    }

    @Test
    void aCodecWithoutMagicIsTriedAfterRaw() { // CMP-7, CMP-9
        Trimming last = new Trimming(false);
        Bytes coded = packed(2, new byte[1000]).frameFor(last);

        assertThat(decode(coded, last).codec()).contains(last);
        assertThat(decode(packed(2, new byte[1000]).frameFor(null), last).codec())
                .isEmpty();
        byte[] damaged = coded.toArray();
        damaged[damaged.length - 1] ^= 1;
        Decoded refused = new FrameDecoder(Limits.DEFAULT, List.of(last)).decode(Bytes.of(damaged));
        // Raw was the first candidate.
        FrameDecoderTest.assertRefused(refused, ErrorCode.CHECKSUM, 0);
    }

    @Test
    void aRawBodyThatBeginsLikeACodecsIsRaw() { // CMP-8
        Codec anything = new Trimming(true) {
            @Override
            public boolean begins(byte[] body, int offset, int length) {
                return true;
            }
        };

        assertThat(decode(packed(2, new byte[1001]).frameFor(null), anything).codec())
                .isEmpty();
    }

    @Test
    void theErrorIsThatOfTheFirstCandidate() { // CMP-9, CMP-2, CMP-3
        Bytes coded = packed(2, new byte[1000]).frameFor(trimming);
        byte[] tooShort = Samples.withHeader(
                Samples.join(Trimming.MAGIC, new byte[] {0, 5}, new byte[26], new byte[] {Trimming.END}));
        byte[] damaged = coded.toArray();
        damaged[damaged.length - 1] ^= 1;
        Limits limits = Limits.DEFAULT.toBuilder().maxInflated(1000).build();

        FrameDecoderTest.assertRefused(listed(Limits.DEFAULT).decode(Bytes.of(damaged)), ErrorCode.CODEC, 0);
        FrameDecoderTest.assertRefused(listed(Limits.DEFAULT).decode(Bytes.of(tooShort)), ErrorCode.SHORT, 0);
        FrameDecoderTest.assertRefused(listed(limits).decode(coded), ErrorCode.BOMB, 0);
    }

    private FrameDecoder listed(Limits limits) {
        return new FrameDecoder(limits, List.of(trimming));
    }

    private static Frame decode(Bytes frame, Codec listed) {
        return ((Decoded.Complete) new FrameDecoder(Limits.DEFAULT, List.of(listed)).decode(frame)).frame();
    }

    private static PackedMessage packed(int subFlag, byte[] content) {
        return PackedMessage.of(message(subFlag, content), Limits.DEFAULT);
    }

    private static Message message(int subFlag, byte[] content) {
        return new Message(2, Value.of("a"), 1, List.of(Value.of(subFlag), Value.of(Bytes.of(content))));
    }

    /** A codec of our own making: it leaves out the zeros at the end. */
    private static class Trimming implements Codec {
        static final byte[] MAGIC = {'t', 'r', 'm'};
        static final int END = 0x7f;
        private final boolean hasMagic;
        int compressed;

        Trimming(boolean hasMagic) {
            this.hasMagic = hasMagic;
        }

        @Override
        public String name() {
            return "trimming";
        }

        @Override
        public int code() {
            return 0x7f;
        }

        @Override
        public boolean hasMagic() {
            return hasMagic;
        }

        @Override
        public boolean begins(byte[] body, int offset, int length) {
            return hasMagic && Bytes.copyOf(body, offset, Math.min(3, length)).equals(Bytes.of(MAGIC));
        }

        @Override
        public boolean compress(byte[] plain, int offset, int length, BoundedOutput out) {
            compressed++;
            boolean fits = out.write(MAGIC, 0, 3) && out.write(length >> 8) && out.write(length);
            int used = length;
            while (used > 0 && plain[offset + used - 1] == 0) {
                used--;
            }
            return fits && out.write(plain, offset, used) && out.write(END);
        }

        @Override
        public Optional<Malformed> decompress(byte[] body, int offset, int length, BoundedOutput out) {
            if (length < 6 || body[offset + length - 1] != END) {
                return Optional.of(new Malformed(ErrorCode.CODEC, 0, "cut off"));
            }
            int whole = (body[offset + 3] & 0xff) << 8 | body[offset + 4] & 0xff;
            out.write(body, offset + 5, length - 6);
            while (!out.passed() && out.size() < whole) {
                out.write(0);
            }
            return out.passed() ? Optional.of(new Malformed(ErrorCode.BOMB, 0, "too much")) : Optional.empty();
        }
    }

    /** A codec whose streams have one length, whatever is in them. */
    private record Fixed(int size) implements Codec {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public int code() {
            return 0x7e;
        }

        @Override
        public boolean hasMagic() {
            return false;
        }

        @Override
        public boolean begins(byte[] body, int offset, int length) {
            return false;
        }

        @Override
        public boolean compress(byte[] plain, int offset, int length, BoundedOutput out) {
            return out.write(new byte[size], 0, size);
        }

        @Override
        public Optional<Malformed> decompress(byte[] body, int offset, int length, BoundedOutput out) {
            return Optional.of(new Malformed(ErrorCode.CODEC, 0, "cannot"));
        }
    }
}
