package today.p2p.model;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** One Zstandard frame (RFC 8878) without dictionary; the header is read here, the blocks by the library. */
final class ZstdFrame {

    private static final long MAGIC = 0xfd2fb528L;
    private static final int SINGLE_SEGMENT = 0x20;
    private static final int DICTIONARY_ID = 0x03;

    private ZstdFrame() {}

    static int inflate(byte[] body, Output output, Defects defects) throws IOException {
        Cursor in = new Cursor(body, 0, body.length);
        if (in.littleEndian(4) != MAGIC) {
            throw new IOException("not a Zstandard frame");
        }
        long window = window(in);
        if (Long.compareUnsigned(window, Limits.MAX_WINDOW) > 0 && !defects.is(Mutant.WINDOW_UNCHECKED)) {
            throw Failure.of(ErrorCode.CODEC, "CMP-16", "a window of " + Long.toUnsignedString(window) + " bytes");
        }
        if (Zstd.getDictIdFromFrame(body) != 0) {
            throw new IOException("the frame wants a dictionary");
        }
        long size = Zstd.findFrameCompressedSize(body, 0, body.length);
        int first = Zstd.isError(size) ? body.length : (int) size;
        output.drain(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(body, 0, first)));
        return first;
    }

    /** RFC 8878 3.1.1.1: the window of the descriptor, or of a single segment the content size. */
    private static long window(Cursor in) throws IOException {
        int descriptor = in.next();
        if ((descriptor & SINGLE_SEGMENT) == 0) {
            int window = in.next();
            long base = 1L << 10 + (window >> 3);
            return base + base / 8 * (window & 7);
        }
        int dictionaryId = descriptor & DICTIONARY_ID;
        in.skip(dictionaryId == 3 ? 4 : dictionaryId);
        return switch (descriptor >> 6) {
            case 0 -> in.next();
            case 1 -> in.littleEndian(2) + 256;
            case 2 -> in.littleEndian(4);
            default -> in.littleEndian(8);
        };
    }
}
