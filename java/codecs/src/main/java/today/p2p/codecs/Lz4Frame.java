package today.p2p.codecs;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import today.p2p.serializer.BoundedOutput;

/*
 * LZ4 Frame Format 1.6:
 *
 *   magic (4)  FLG (1)  BD (1)  [content size (8)]  [dictionary id (4)]  header checksum (1)
 *   { block size (4)  data  [block checksum (4)] } ...  end mark: 0 (4)  [content checksum (4)]
 *
 *   FLG  7-6 version 01 | 5 blocks are independent | 4 block checksums | 3 content size
 *        2 content checksum | 1 always 0 | 0 dictionary id
 *   BD   7 always 0 | 6-4 largest block: 4 64 KiB, 5 256 KiB, 6 1 MiB, 7 4 MiB | 3-0 always 0
 *
 * Checksums are xxHash-32 with seed 0: of FLG up to the header checksum (which is the second byte of
 * it), of a block's data as sent, of the whole plain text. The highest bit of a block size marks a
 * block that is not compressed.
 */
/**
 * One LZ4 frame without dictionary; written with independent blocks and no checksums, since SHA-256
 * is inside.
 */
final class Lz4Frame extends ContainerCodec {
    private static final int MAGIC = 0x184d2204;
    private static final int HEADER = 7;
    private static final int END_MARK = 4;

    private static final int VERSION = 0x40;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int UNCOMPRESSED = 0x8000_0000;

    private final XXHash32 hash = XXHashFactory.safeInstance().hash32();
    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();

    Lz4Frame() {
        super("lz4", 0x21);
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        return length >= 4 && Little.int32(body, offset) == MAGIC;
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws Refusal {
        Refusal.unless(to - from >= HEADER && Little.int32(body, from) == MAGIC);
        int flags = Little.int8(body, from + 4);
        int largest = Little.int8(body, from + 5);
        // Reserved bits and the dictionary bit are 0.
        Refusal.unless((flags & 0xc3) == VERSION && (largest & 0x8f) == 0 && largest >= 0x40);
        boolean sized = (flags & CONTENT_SIZE) != 0;
        int end = from + HEADER + (sized ? 8 : 0);
        Refusal.unless(end <= to && Little.int8(body, end - 1) == (xxHash(body, from + 4, end - 1) >>> 8 & 0xff));

        int start = out.position();
        int at = blocks(body, end, to, flags, 1 << 8 + 2 * (largest >>> 4), out);
        Refusal.unless(!sized || Little.int64(body, from + 6) == out.position() - start);
        if ((flags & CONTENT_CHECKSUM) != 0) {
            Refusal.unless(to - at >= 4 && Little.int32(body, at) == xxHash(out.array(), start, out.position()));
            at += 4;
        }
        Refusal.unless(at == to);
    }

    /** Reads blocks up to the end mark and gives the place behind it. */
    private int blocks(byte[] body, int from, int to, int flags, int largest, BoundedOutput out) throws Refusal {
        boolean linked = (flags & INDEPENDENT) == 0;
        int trailer = (flags & BLOCK_CHECKSUM) != 0 ? 4 : 0;
        int at = from;
        for (; ; ) {
            Refusal.unless(to - at >= 4);
            int size = Little.int32(body, at);
            at += 4;
            if (size == 0) {
                return at;
            }
            int length = size & ~UNCOMPRESSED;
            Refusal.unless(length <= largest && length <= to - at - trailer);
            int end = at + length;
            Refusal.unless(trailer == 0 || Little.int32(body, end) == xxHash(body, at, end));
            if (size < 0) {
                Refusal.bombUnless(out.write(body, at, length));
            } else {
                Lz4Block.inflate(body, at, end, out, linked ? 0 : out.size(), largest);
            }
            at = end + trailer;
        }
    }

    private int xxHash(byte[] bytes, int from, int to) {
        return hash.hash(bytes, from, to - from, 0);
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        int length = to - from;
        int code = length <= 1 << 16 ? 4 : length <= 1 << 18 ? 5 : length <= 1 << 20 ? 6 : 7;
        int largest = 1 << 8 + 2 * code;
        int blocks = (length + largest - 1) / largest;
        byte[] coded = new byte[HEADER + 4 * blocks + compressor.maxCompressedLength(length) + END_MARK];
        Little.put(coded, 0, MAGIC);
        coded[4] = VERSION | INDEPENDENT;
        coded[5] = (byte) (code << 4);
        coded[6] = (byte) (xxHash(coded, 4, 6) >>> 8);
        int at = HEADER;
        for (int start = from; start < to; start += largest) {
            at = block(plain, start, Math.min(largest, to - start), coded, at);
        }
        Little.put(coded, at, 0);
        return out.write(coded, 0, at + END_MARK);
    }

    private int block(byte[] plain, int from, int length, byte[] out, int at) {
        int data = at + 4;
        int coded = compressor.compress(plain, from, length, out, data);
        if (coded < length) {
            Little.put(out, at, coded);
            return data + coded;
        }
        Little.put(out, at, length | UNCOMPRESSED);
        System.arraycopy(plain, from, out, data, length);
        return data + length;
    }
}
