package today.p2p.codecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;
import today.p2p.serializer.BoundedOutput;

/*
 * A raw block is the length of its plain text, as a base-128 number of at most 5 bytes, and then
 * elements. The low two bits of an element's first byte tell its kind:
 *
 *   0  literal, length - 1 in the upper six bits; 60..63 there: in the next 1..4 bytes
 *   1  copy of 4..11 bytes (bits 2-4) from a distance of 11 bits (bits 5-7, then a byte)
 *   2  copy of 1..64 bytes (upper six bits) from a distance of 16 bits
 *   3  the same from a distance of 32 bits
 *
 * The reader is ours and not the library's: that one wants memory for the length that a stranger
 * names, and runs outside of Java's bounds checks. Here the output grows as elements arrive, and the
 * first bad one is known.
 */
/** One raw snappy block. */
final class SnappyBlock extends ContainerCodec {
    private static final int LENGTH_BYTES = 5;

    SnappyBlock() {
        super("snappy", 0x20);
    }

    /** A raw block begins with its length, which can be any byte. */
    @Override
    public boolean hasMagic() {
        return false;
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        return false;
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws Refusal {
        int at = from;
        long declared = 0;
        int last;
        do {
            Refusal.unless(at < to && at - from < LENGTH_BYTES);
            last = body[at];
            declared |= (last & 0x7fL) << 7 * (at - from);
            at++;
        } while (last < 0);
        Refusal.unless(declared <= 0xffff_ffffL);
        while (at < to) {
            int tag = Little.int8(body, at++);
            at = (tag & 3) == 0 ? literal(body, at, to, tag, declared, out) : copy(body, at, to, tag, declared, out);
        }
        Refusal.unless(out.size() == declared);
    }

    private static int literal(byte[] body, int from, int to, int tag, long declared, BoundedOutput out)
            throws Refusal {
        int at = from;
        long length = tag >>> 2;
        if (length >= 60) {
            int bytes = (int) length - 59;
            Refusal.unless(to - at >= bytes);
            length = Little.number(body, at, bytes);
            at += bytes;
        }
        length++;
        Refusal.unless(length <= to - at && length <= declared - out.size());
        Refusal.bombUnless(out.write(body, at, (int) length));
        return at + (int) length;
    }

    private static int copy(byte[] body, int from, int to, int tag, long declared, BoundedOutput out) throws Refusal {
        int kind = tag & 3;
        int bytes = kind == 3 ? 4 : kind;
        Refusal.unless(to - from >= bytes);
        long distance = Little.number(body, from, bytes);
        int length = 1 + (tag >>> 2);
        if (kind == 1) {
            distance |= (tag >>> 5) << 8;
            length = 4 + (tag >>> 2 & 7);
        }
        Refusal.unless(distance > 0 && distance <= out.size() && length <= declared - out.size());
        Refusal.bombUnless(out.repeat((int) distance, length));
        return from + bytes;
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        byte[] coded = new byte[Snappy.maxCompressedLength(to - from)];
        try {
            return out.write(coded, 0, Snappy.compress(plain, from, to - from, coded, 0));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
