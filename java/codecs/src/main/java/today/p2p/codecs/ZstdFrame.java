package today.p2p.codecs;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Limits;

/** One Zstandard frame (RFC 8878) without dictionary; skippable frames are not accepted. */
final class ZstdFrame extends ContainerCodec {
    private static final int MAGIC = 0xfd2f_b528;
    private static final int LEVEL = 1;
    private static final int TRUSTED = 1 << 16;

    private final Pool<ZstdDecompressCtx> readers = new Pool<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);
    private final Pool<ZstdCompressCtx> writers = new Pool<>(ZstdFrame::writer, ZstdCompressCtx::close);

    private static ZstdCompressCtx writer() {
        return new ZstdCompressCtx().setLevel(LEVEL).setChecksum(false);
    }

    ZstdFrame() {
        super("zstd", 0x22);
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        return length >= 4 && Little.int32(body, offset) == MAGIC;
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws Refusal {
        long declared = contentSize(body, from, to);
        // A size in proportion to what has arrived saves reading twice; a larger one is a claim.
        if (declared <= TRUSTED + 8L * (to - from)) {
            out.reserveExactly((int) declared);
        }
        int length = frameLength(body, from, to);
        ZstdDecompressCtx reader = readers.take();
        try {
            int room = room(out);
            while (!inflate(reader, body, from, length, out, room)) {
                // The whole room filled up with output, so that twice as much is not on the word of
                // the stream.
                int more = out.reserve(2 * room);
                Refusal.bombUnless(more > room);
                room = more;
            }
        } finally {
            readers.give(reader);
        }
        Refusal.unless(length == to - from);
    }

    /**
     * The length of the first frame; of all bytes when it has no end, so that the reader says how
     * far it gets.
     */
    private static int frameLength(byte[] body, int from, int to) {
        try {
            return (int) Zstd.findFrameCompressedSize(body, from, to - from);
        } catch (ZstdException cut) {
            return to - from;
        }
    }

    /** One attempt with so much room; false when the output needs more. */
    private static boolean inflate(
            ZstdDecompressCtx reader, byte[] body, int from, int length, BoundedOutput out, int room) throws Refusal {
        try {
            out.advance(reader.decompressByteArray(out.array(), out.position(), room, body, from, length));
            return true;
        } catch (ZstdException failed) {
            Refusal.unless(failed.getErrorCode() == Zstd.errDstSizeTooSmall());
            return false;
        }
    }

    /**
     * The content size of the header, or Long.MAX_VALUE without one. Refuses what CMP-1 and CMP-16
     * refuse.
     */
    private static long contentSize(byte[] body, int from, int to) throws Refusal {
        Refusal.unless(to - from >= 6 && Little.int32(body, from) == MAGIC);
        int descriptor = body[from + 4];
        boolean single = (descriptor & 0x20) != 0;
        int idBytes = (1 << (descriptor & 3)) >> 1;
        int sizeCode = descriptor >>> 6 & 3;
        int sizeBytes = sizeCode == 0 && !single ? 0 : 1 << sizeCode;
        int id = from + 5 + (single ? 0 : 1);
        Refusal.unless(to - id >= idBytes + sizeBytes && Little.number(body, id, idBytes) == 0);
        long size = Little.number(body, id + idBytes, sizeBytes) + (sizeBytes == 2 ? 256 : 0);
        Refusal.unless((single ? size : window(Little.int8(body, from + 5))) <= Limits.MAX_WINDOW && size >= 0);
        return sizeBytes == 0 ? Long.MAX_VALUE : size;
    }

    private static long window(int descriptor) {
        long base = 1L << 10 + (descriptor >>> 3);
        return base + base / 8 * (descriptor & 7);
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        byte[] coded = new byte[(int) Zstd.compressBound(to - from)];
        ZstdCompressCtx writer = writers.take();
        try {
            return out.write(coded, 0, writer.compressByteArray(coded, 0, coded.length, plain, from, to - from));
        } finally {
            writers.give(writer);
        }
    }
}
