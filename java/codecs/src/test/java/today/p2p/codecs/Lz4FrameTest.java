package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.BoundedOutput;

/** Frames written by hand, field by field: CMP-1, CMP-2. */
class Lz4FrameTest {
    private static final int VERSION = 0x40;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;

    private static final Bytes PLAIN = Bytes.ofUtf8("plain");

    @ParameterizedTest
    @CsvSource({"0x60", "0x40"})
    void aBlockThatIsNotCompressedIsRead(int flags) {
        assertPlain(PLAIN, frame(flags, 0x40, out -> stored(out, PLAIN)));
    }

    @ParameterizedTest
    @CsvSource({"0x20, version 0", "0xa0, version 2", "0xe0, version 3", "0x62, reserved bit", "0x61, dictionary"})
    void flagsThatAreNotAllowedAreRefused(int flags, String why) {
        assertRefused(frame(flags, 0x40, out -> stored(out, PLAIN)));
    }

    @ParameterizedTest
    @CsvSource({"0x00", "0x30", "0xc0", "0x41", "0x48"})
    void aBlockDescriptorThatIsNotAllowedIsRefused(int descriptor) {
        assertRefused(frame(VERSION | INDEPENDENT, descriptor, out -> stored(out, PLAIN)));
    }

    @Test
    void aWrongHeaderChecksumIsRefused() {
        byte[] frame = frame(VERSION | INDEPENDENT, 0x40, out -> stored(out, PLAIN));
        frame[6] ^= 1;

        assertRefused(frame);
    }

    @Test
    void aContentSizeMustBeTrue() {
        int flags = VERSION | INDEPENDENT | CONTENT_SIZE;

        assertPlain(PLAIN, frame(flags, 5, out -> stored(out, PLAIN)));
        assertRefused(frame(flags, 4, out -> stored(out, PLAIN)));
        assertRefused(frame(flags, 6, out -> stored(out, PLAIN)));
        assertRefused(frame(flags, -1, out -> stored(out, PLAIN)));
        assertRefused(frame(flags, 5 + (1L << 32), out -> stored(out, PLAIN)));
    }

    @Test
    void aBlockChecksumMustBeTrue() {
        int flags = VERSION | INDEPENDENT | BLOCK_CHECKSUM;

        assertPlain(PLAIN, frame(flags, 0x40, out -> stored(out, PLAIN).putInt(xxHash(PLAIN))));
        assertRefused(frame(flags, 0x40, out -> stored(out, PLAIN).putInt(xxHash(PLAIN) + 1)));
        assertRefused(frame(flags, 0x40, out -> stored(out, PLAIN)));
    }

    @Test
    void aContentChecksumMustBeTrueAndComesAfterTheEndMark() {
        int flags = VERSION | INDEPENDENT | CONTENT_CHECKSUM;

        assertPlain(
                PLAIN, frame(flags, 0x40, out -> stored(out, PLAIN).putInt(0).putInt(xxHash(PLAIN)), false));
        assertRefused(frame(flags, 0x40, out -> stored(out, PLAIN).putInt(0).putInt(xxHash(PLAIN) + 1), false));
        assertRefused(frame(flags, 0x40, out -> stored(out, PLAIN)));
    }

    @Test
    void onlyALinkedBlockMayReferToTheBlockBefore() {
        // No literals, then 4 bytes from 4 back, then the last sequence with one literal.
        byte[] reference = {0x00, 4, 0, 0x10, '!'};
        Consumer<ByteBuffer> blocks =
                out -> stored(out, PLAIN).putInt(reference.length).put(reference);

        assertPlain(Bytes.ofUtf8("plainlain!"), frame(VERSION, 0x40, blocks));
        assertRefused(frame(VERSION | INDEPENDENT, 0x40, blocks));
    }

    @ParameterizedTest
    @CsvSource({
        "00000010, distance 0",
        "10610000, distance 0 after a literal",
        "1061020010, distance before the beginning",
        "2061, fewer literals than said",
        "f0, length cut off",
        "f0ffff, long length cut off",
        "10610100, ends after a copy",
        "106101, distance cut off",
        "1f610100, copy length cut off",
        "1f610100ff, long copy length cut off",
        "'', no sequence at all",
    })
    void aBlockThatIsNotSoundIsRefused(String block, String why) {
        byte[] bytes = Bytes.ofHex(block).toArray();
        byte[] frame = frame(
                VERSION | INDEPENDENT,
                0x40,
                out -> out.putInt(bytes.length == 0 ? 1 : bytes.length).put(bytes));

        assertRefused(frame);
    }

    @Test
    void aBlockThatGivesMoreThanItsFrameAllowsIsCorrupt() {
        // 1 literal, then copies of 4 + 15 + 255 * n + x bytes: exactly 64 KiB in all, and one byte
        // more.
        assertThat(refusal(frame(VERSION | INDEPENDENT, 0x40, out -> zeros(out, 65_536))))
                .isEmpty();
        assertThat(refusal(frame(VERSION | INDEPENDENT, 0x40, out -> zeros(out, 65_537))))
                .contains(ErrorCode.CODEC);
        assertThat(refusal(frame(VERSION | INDEPENDENT, 0x50, out -> zeros(out, 65_537))))
                .isEmpty();
    }

    @Test
    void aStoredBlockLargerThanItsFrameAllowsIsRefused() {
        assertRefused(frame(VERSION | INDEPENDENT, 0x40, out -> stored(out, Bytes.of(new byte[65_537]))));
    }

    @Test
    void aLengthThatOverflowsAnIntegerIsRefused() {
        // Nine million bytes of 255 add up to more than 2^31; of literals, and of a copy.
        for (byte[] start : new byte[][] {{(byte) 0xf0}, {0x1f, 0, 1, 0}}) {
            byte[] block = Arrays.copyOf(start, 9_000_000);
            Arrays.fill(block, start.length, block.length - 1, (byte) 0xff);

            BoundedOutput out = new BoundedOutput(16 << 20);
            assertThatThrownBy(() -> Lz4Block.inflate(block, 0, block.length, out, 0, 4 << 20))
                    .isSameAs(Refusal.CORRUPT);
        }
    }

    private static ByteBuffer stored(ByteBuffer out, Bytes plain) {
        return out.putInt(plain.length() | 0x8000_0000).put(plain.asByteBuffer());
    }

    /** A block of so many zero bytes: a literal, one long copy, and a last literal. */
    private static void zeros(ByteBuffer out, int count) {
        int sizeAt = out.position();
        int rest = count - 2 - 4 - 15;
        out.putInt(0).put((byte) 0x1f).put((byte) 0).putShort((short) 1);
        for (; rest >= 255; rest -= 255) {
            out.put((byte) 255);
        }
        out.put((byte) rest).put((byte) 0x10).put((byte) 0);
        out.putInt(sizeAt, out.position() - sizeAt - 4);
    }

    private static byte[] frame(int flags, long descriptorOrSize, Consumer<ByteBuffer> blocks) {
        return frame(flags, descriptorOrSize, blocks, true);
    }

    /**
     * With a content size, the second argument is that size and blocks may have 64 KiB; else it is
     * the descriptor.
     */
    private static byte[] frame(int flags, long descriptorOrSize, Consumer<ByteBuffer> blocks, boolean endMark) {
        ByteBuffer out = ByteBuffer.allocate(70_000).order(ByteOrder.LITTLE_ENDIAN);
        boolean sized = (flags & CONTENT_SIZE) != 0;
        out.putInt(0x184d2204).put((byte) flags).put((byte) (sized ? 0x40 : descriptorOrSize));
        if (sized) {
            out.putLong(descriptorOrSize);
        }
        out.put((byte) (xxHash(Bytes.copyOf(out.array(), 4, out.position() - 4)) >>> 8));
        blocks.accept(out);
        if (endMark) {
            out.putInt(0);
        }
        return Bytes.copyOf(out.flip()).toArray();
    }

    private static int xxHash(Bytes bytes) {
        return XXHashFactory.safeInstance().hash32().hash(bytes.toArray(), 0, bytes.length(), 0);
    }

    private static void assertPlain(Bytes plain, byte[] frame) {
        assertThat(Streams.decompressed(new Lz4Frame(), frame, 1000)).isEqualTo(plain);
    }

    private static void assertRefused(byte[] frame) {
        assertThat(refusal(frame)).contains(ErrorCode.CODEC);
    }

    private static Optional<ErrorCode> refusal(byte[] frame) {
        return Streams.refusal(new Lz4Frame(), frame, 1 << 20);
    }
}
