package today.p2p.codecs;

import today.p2p.serializer.BoundedOutput;

/** RFC 1950 without preset dictionary; the JDK checks header and Adler-32. */
final class Zlib extends ContainerCodec {
    private static final Deflation DEFLATION = new Deflation(false);

    private static final int METHOD_DEFLATE = 8;
    private static final int LARGEST_WINDOW = 7;
    private static final int PRESET_DICTIONARY = 0x20;

    Zlib() {
        super("zlib", 0x13);
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        if (length < 2) {
            return false;
        }
        int method = Little.int8(body, offset);
        int flags = Little.int8(body, offset + 1);
        return (method & 0x0f) == METHOD_DEFLATE
                && method >>> 4 <= LARGEST_WINDOW
                && (method << 8 | flags) % 31 == 0
                && (flags & PRESET_DICTIONARY) == 0;
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws Refusal {
        Refusal.unless(DEFLATION.inflate(body, from, to, out) == to);
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        return DEFLATION.deflate(plain, from, to, out);
    }
}
