package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import today.p2p.msgpack.Bytes;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/**
 * Fuzz targets for frames, streams and bare messages. The kept inputs lie in {@code
 * FrameFuzzTestInputs} among the resources and are replayed by {@link KeptInputsTest}; with {@code
 * JAZZER_FUZZ=1} one target at a time looks for new ones.
 */
class FrameFuzzTest {
    private static final Limits LIMITS = Limits.DEFAULT.toBuilder()
            .maxFrame(1 << 16)
            .maxInflated(1 << 16)
            .ratioFree(1 << 12)
            .build();

    /** Any bytes as one frame. */
    @FuzzTest
    void frame(byte[] bytes) {
        Decoded decoded = new FrameDecoder(LIMITS, Codecs.available()).decode(bytes, 0, bytes.length);

        assertThat(decoded).isNotInstanceOf(Decoded.NeedMore.class);
        if (decoded instanceof Decoded.Complete complete) {
            assertReadAgain(complete.frame());
        }
    }

    /** Any bytes as a bare message whose checksum is right: the msgpack check and the shape. */
    @FuzzTest
    void message(byte[] bare) {
        Decoded decoded = new FrameDecoder(LIMITS, List.of()).decode(Frames.around(Bytes.of(bare)));

        if (decoded instanceof Decoded.Complete complete) {
            assertReadAgain(complete.frame());
            assertThat(MsgpackOracle.read(Bytes.of(bare)))
                    .isEqualTo(MsgpackOracle.asArray(complete.frame().message()));
        } else if (decoded instanceof Decoded.Refused refused) {
            assertThat(refused.malformed().offset()).isBetween(0, 32 + bare.length);
        }
    }

    /**
     * The first byte says how the others are cut; the frames of a stream do not depend on it
     * (STR-1).
     */
    @FuzzTest
    void stream(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteBuffer stream = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();

        assertThat(read(stream.duplicate(), 1 + (bytes[0] & 0xff))).isEqualTo(read(stream, bytes.length));
    }

    /** What is read of a stream: ids of frames, then the error or the number of missing bytes. */
    private static List<Object> read(ByteBuffer stream, int piece) {
        FrameReader reader = new FrameReader(LIMITS, Codecs.available());
        List<Object> read = new ArrayList<>();
        do {
            ByteBuffer chunk = stream.slice();
            chunk.limit(Math.min(piece, chunk.limit()));
            stream.position(stream.position() + chunk.limit());
            reader.feed(chunk);
            Decoded next = reader.next();
            for (; next instanceof Decoded.Complete complete; next = reader.next()) {
                read.add(complete.frame().id());
            }
            if (next instanceof Decoded.Refused refused) {
                read.add(refused.malformed().code());
                return read;
            }
        } while (stream.hasRemaining());
        read.add(reader.missing());
        return read;
    }

    private static void assertReadAgain(Frame frame) {
        Message message = frame.message();
        Bytes again = PackedMessage.of(message, LIMITS).frameFor(null);
        Decoded decoded = new FrameDecoder(LIMITS, List.of()).decode(again);

        assertThat(frame.bare().sha256()).isEqualTo(frame.id());
        assertThat(((Decoded.Complete) decoded).frame().message()).isEqualTo(message);
    }
}
