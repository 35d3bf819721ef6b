package today.p2p.codecs;

import java.util.zip.CRC32;
import today.p2p.serializer.BoundedOutput;

/*
 * RFC 1952 with one member:
 *
 * +---+---+---+---+---+---+---+---+---+---+
 * |1f |8b | 8 |FLG|     MTIME     |XFL|OS | extra field, name, comment, CRC-16, as FLG says
 * +---+---+---+---+---+---+---+---+---+---+
 * | deflate ...                           |
 * +---+---+---+---+---+---+---+---+
 * |     CRC-32    | size mod 2^32 |
 * +---+---+---+---+---+---+---+---+
 */
/** One gzip member with any legal header; written with the shortest one and no time. */
final class Gzip extends ContainerCodec {
    private static final int MAGIC = 0x8b1f;
    private static final int METHOD_DEFLATE = 8;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    // No flags, no time; the system that made it is "unknown", so that the bytes are the same
    // everywhere.
    private static final byte[] PLAIN_HEADER = {0x1f, (byte) 0x8b, METHOD_DEFLATE, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final Deflation DEFLATION = new Deflation(true);

    Gzip() {
        super("gzip", 0x11);
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        return length >= 3 && Little.int16(body, offset) == MAGIC && body[offset + 2] == METHOD_DEFLATE;
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws Refusal {
        int start = out.position();
        int end = DEFLATION.inflate(body, afterHeader(body, from, to), to, out);
        int size = out.position() - start;
        Refusal.unless(to - end == TRAILER
                && Little.int32(body, end) == crc(out.array(), start, out.position())
                && Little.int32(body, end + 4) == size);
    }

    private static int afterHeader(byte[] body, int from, int to) throws Refusal {
        Refusal.unless(to - from >= HEADER && Little.int16(body, from) == MAGIC && body[from + 2] == METHOD_DEFLATE);
        int flags = body[from + 3];
        Refusal.unless((flags & RESERVED) == 0);
        int at = from + HEADER;
        if ((flags & EXTRA) != 0) {
            Refusal.unless(to - at >= 2);
            at += 2 + Little.int16(body, at);
        }
        if ((flags & NAME) != 0) {
            at = afterZero(body, at, to);
        }
        if ((flags & COMMENT) != 0) {
            at = afterZero(body, at, to);
        }
        if ((flags & HEADER_CRC) != 0) {
            Refusal.unless(to - at >= 2 && Little.int16(body, at) == (crc(body, from, at) & 0xffff));
            at += 2;
        }
        Refusal.unless(at <= to);
        return at;
    }

    private static int afterZero(byte[] body, int from, int to) throws Refusal {
        for (int at = from; at < to; at++) {
            if (body[at] == 0) {
                return at + 1;
            }
        }
        throw Refusal.CORRUPT;
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        byte[] trailer = new byte[TRAILER];
        Little.put(trailer, 0, crc(plain, from, to));
        Little.put(trailer, 4, to - from);
        return out.write(PLAIN_HEADER, 0, HEADER)
                && DEFLATION.deflate(plain, from, to, out)
                && out.write(trailer, 0, TRAILER);
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
