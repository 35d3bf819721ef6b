package today.p2p.model;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import today.p2p.model.Codecs.Output;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

/** The containers that are made of plain literals and copies, or whose headers are read here, over one cursor. */
final class Blocks {

    private Blocks() {}

    /** Walks over a part of some bytes; reading past its end is how a cut stream shows. */
    static final class Cursor {

        private final byte[] bytes;
        private final int end;
        private int position;

        Cursor(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.position = start;
            this.end = end;
        }

        boolean atEnd() {
            return position == end;
        }

        int position() {
            return position;
        }

        int next() throws IOException {
            if (position >= end) {
                throw new IOException("the stream is cut off");
            }
            return Byte.toUnsignedInt(bytes[position++]);
        }

        long littleEndian(int width) throws IOException {
            long number = 0;
            for (int i = 0; i < width; i++) {
                number |= (long) next() << 8 * i;
            }
            return number;
        }

        /** Steps over {@code length} bytes and returns where they begin. */
        int skip(long length) throws IOException {
            if (length > end - position) {
                throw new IOException("the stream is cut off");
            }
            int start = position;
            position += (int) length;
            return start;
        }

        /** Copies the next {@code length} bytes to the output as they are. */
        void literals(long length, Output output) throws IOException {
            int start = skip(length);
            output.add(java.util.Arrays.copyOfRange(bytes, start, position), position - start);
        }
    }

    /** A raw snappy block: the length of the output as a varint, then literals and copies. No check value. */
    static final class SnappyBlock {

        private SnappyBlock() {}

        static int inflate(byte[] body, Output output) throws IOException {
            Cursor in = new Cursor(body, 0, body.length);
            long claimed = varint(in);
            output.announced(claimed);
            while (!in.atEnd()) {
                element(in, output);
                // The claim reserves nothing here; it only has to come true.
                if (output.size() > claimed) {
                    throw new IOException("the output passes the claimed " + claimed + " bytes");
                }
            }
            if (output.size() < claimed) {
                throw new IOException("the output ends before the claimed " + claimed + " bytes");
            }
            return in.position();
        }

        private static long varint(Cursor in) throws IOException {
            long number = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int next = in.next();
                number |= (long) (next & 0x7f) << shift;
                if (next < 0x80) {
                    if (number > 0xffff_ffffL) {
                        break;
                    }
                    return number;
                }
            }
            throw new IOException("the length is above 2^32-1");
        }

        private static void element(Cursor in, Output output) throws IOException {
            int tag = in.next();
            int upper = tag >> 2;
            switch (tag & 3) {
                case 0 -> in.literals(upper < 60 ? upper + 1 : in.littleEndian(upper - 59) + 1, output);
                case 1 -> output.copy((tag >> 5) << 8 | in.next(), (upper & 7) + 4);
                case 2 -> output.copy((int) in.littleEndian(2), upper + 1);
                default -> output.copy((int) in.littleEndian(4), upper + 1);
            }
        }
    }

    /** One LZ4 frame, as the LZ4 frame format 1.6 lays it out; blocks may refer back to earlier blocks. */
    static final class Lz4Frame {

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
                    require(
                            (int) in.littleEndian(4) == xxh32(body, start, end),
                            "the checksum of a block does not hold");
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

    /** One Zstandard frame (RFC 8878) without dictionary; the header is read here, the blocks by the library. */
    static final class ZstdFrame {

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
}
