package today.p2p.model;

import java.io.IOException;
import java.util.Arrays;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/** One LZ4 frame, as the LZ4 frame format 1.6 lays it out; blocks may refer back to earlier blocks. */
final class Lz4Frame {

    private static final long MAGIC = 0x184d2204L;
    private static final int VERSION = 0x40;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED_FLAG = 0x02;
    private static final int DICTIONARY = 0x01;
    private static final long STORED = 0x8000_0000L;

    private static final XXHash32 XXH32 = XXHashFactory.safeInstance().hash32();

    private Lz4Frame() {}

    static int inflate(byte[] body, Output output) throws IOException {
        Cursor in = new Cursor(body, 0, body.length);
        require(in.littleEndian(4) == MAGIC, "not an LZ4 frame");
        int descriptor = in.position();
        int flags = in.next();
        int sizes = in.next();
        require((flags & 0xc0) == VERSION && (flags & RESERVED_FLAG) == 0, "a version or flag that is not known");
        require((flags & DICTIONARY) == 0, "the frame wants a dictionary");
        int sizeCode = sizes >> 4 & 7;
        require((sizes & 0x8f) == 0 && sizeCode >= 4, "a block size that is not known");
        long contentSize = (flags & CONTENT_SIZE) == 0 ? -1 : in.littleEndian(8);
        int check = xxh32(body, descriptor, in.position()) >> 8 & 0xff;
        require(in.next() == check, "the checksum of the header does not hold");
        blocks(body, in, flags, 1L << 2 * sizeCode + 8, output);
        require(contentSize == -1 || contentSize == output.size(), "the content size does not hold");
        if ((flags & CONTENT_CHECKSUM) != 0) {
            byte[] content = output.bytes();
            require(
                    (int) in.littleEndian(4) == xxh32(content, 0, content.length),
                    "the checksum of the content does not hold");
        }
        return in.position();
    }

    private static void blocks(byte[] body, Cursor in, int flags, long largest, Output output) throws IOException {
        for (long header = in.littleEndian(4); header != 0; header = in.littleEndian(4)) {
            long length = header & ~STORED;
            require(length <= largest, "a block is larger than the header says");
            int before = output.size();
            int start = in.skip(length);
            int end = in.position();
            if ((flags & BLOCK_CHECKSUM) != 0) {
                require((int) in.littleEndian(4) == xxh32(body, start, end), "the checksum of a block does not hold");
            }
            int reach = (flags & INDEPENDENT) == 0 ? 0 : before;
            if ((header & STORED) != 0) {
                new Cursor(body, start, end).literals(length, output);
            } else {
                block(new Cursor(body, start, end), output, reach);
            }
            require(output.size() - before <= largest, "a block yields more than the header says");
        }
    }

    /** Sequences of literals and a copy; the last one has literals only. */
    private static void block(Cursor in, Output output, int reach) throws IOException {
        while (true) {
            int token = in.next();
            in.literals(length(in, token >> 4), output);
            if (in.atEnd()) {
                return;
            }
            int distance = (int) in.littleEndian(2);
            require(distance <= output.size() - reach, "a copy reaches back before its block");
            output.copy(distance, Math.toIntExact(length(in, token & 0x0f) + 4));
        }
    }

    private static long length(Cursor in, int first) throws IOException {
        long length = first;
        for (int next = first == 15 ? 255 : 0; next == 255; length += next) {
            next = in.next();
        }
        return length;
    }

    private static int xxh32(byte[] bytes, int start, int end) {
        return XXH32.hash(Arrays.copyOfRange(bytes, start, end), 0, end - start, 0);
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
