package today.p2p.transport.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two codecs that are ready to use, and the buffer before them. */
class CodecsTest {
    @Test
    void aLengthIsBigEndianAndAsWideAsAsked() {
        assertThat(hex(LengthPrefixed.of(1, 255), new byte[] {9})).isEqualTo("0109");
        assertThat(hex(LengthPrefixed.of(2, 65535), new byte[258])).startsWith("010200");
        assertThat(hex(LengthPrefixed.of(4, 1 << 20), new byte[0])).isEqualTo("00000000");
    }

    @Test
    void aLengthAtTheLimitIsReadAndOneAboveIsRefusedAtTheHeader() throws Exception {
        FrameCodec.Decoder<byte[]> decoder = LengthPrefixed.of(4, 3).decoder();

        assertThat(decoder.next(ByteBuffer.wrap(new byte[] {0, 0, 0, 3, 1, 2, 3})))
                .containsExactly(1, 2, 3);
        assertThatThrownBy(() -> decoder.next(ByteBuffer.wrap(new byte[] {0, 0, 0, 4})))
                .isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> decoder.next(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1})))
                .isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> LengthPrefixed.of(4, 3).encode(new byte[4]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void widthsAndLimitsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> LengthPrefixed.of(3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LengthPrefixed.of(1, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Lines.upTo(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesEndWithOrWithoutACarriageReturn() throws Exception {
        FrameCodec.Decoder<String> decoder = Lines.upTo(10).decoder();
        ByteBuffer bytes = ByteBuffer.wrap("one\r\n\ntwo\nth".getBytes(UTF_8));

        assertThat(decoder.next(bytes)).isEqualTo("one");
        assertThat(decoder.next(bytes)).isEmpty();
        assertThat(decoder.next(bytes)).isEqualTo("two");
        assertThat(decoder.next(bytes)).isNull();
        assertThat(bytes.remaining()).isEqualTo(2);
    }

    @Test
    void aLineAtTheLimitIsReadAndALongerOneIsRefusedBeforeItsEnd() throws Exception {
        assertThat(Lines.upTo(3).decoder().next(ByteBuffer.wrap("abc\n".getBytes(UTF_8))))
                .isEqualTo("abc");
        assertThat(Lines.upTo(3).decoder().next(ByteBuffer.wrap("abc".getBytes(UTF_8))))
                .isNull();
        assertThatThrownBy(() -> Lines.upTo(3).decoder().next(ByteBuffer.wrap("abcd".getBytes(UTF_8))))
                .isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> Lines.upTo(3).encode("abcd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textThatIsNoTextIsRefusedBothWays() {
        assertThatThrownBy(() -> Lines.upTo(9).decoder().next(ByteBuffer.wrap(new byte[] {(byte) 0xff, '\n'})))
                .isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> Lines.upTo(9).encode("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Lines.upTo(9).encode("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Lines.upTo(9).encode("a\r")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void howTheBytesAreCutChangesNothing() throws Exception {
        long seed = Long.getLong("p2p.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 20; i++) {
                String line = "x".repeat(random.nextInt(40));
                sent.add(line);
                Lines.upTo(40).encode(line).forEach(piece -> stream.write(piece.array(), 0, piece.limit()));
            }
            assertThat(readInChunks(stream.toByteArray(), random))
                    .as("seed %d", seed)
                    .isEqualTo(sent);
        }
    }

    private static List<String> readInChunks(byte[] all, Random random) throws Exception {
        FrameCodec.Decoder<String> decoder = Lines.upTo(40).decoder();
        Inbound inbound = new Inbound();
        List<String> read = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int size = Math.min(all.length - at, 1 + random.nextInt(30));
            ByteBuffer bytes = inbound.with(ByteBuffer.wrap(all, at, size));
            String line;
            while ((line = decoder.next(bytes)) != null) {
                read.add(line);
            }
            inbound.keep(bytes);
            at += size;
        }
        return read;
    }

    private static String hex(LengthPrefixed codec, byte[] message) {
        StringBuilder hex = new StringBuilder();
        for (ByteBuffer piece : codec.encode(message)) {
            hex.append(HexFormat.of().formatHex(piece.array()));
        }
        return hex.toString();
    }
}
