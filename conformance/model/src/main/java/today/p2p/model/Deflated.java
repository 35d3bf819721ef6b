package today.p2p.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import today.p2p.model.Codecs.Output;

/** The two containers of deflate: zlib (RFC 1950) and gzip (RFC 1952), one stream or member each. */
final class Deflated {

    private static final int STEP = 8192;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xe0;
    private static final int TRAILER = 8;

    private Deflated() {}

    static int zlib(byte[] body, Output output) throws IOException {
        return inflate(new Inflater(), body, 0, output);
    }

    static int gzip(byte[] body, Output output) throws IOException {
        int start = gzipHeader(body);
        int before = output.size();
        int end = start + inflate(new Inflater(true), body, start, output);
        if (body.length - end < TRAILER) {
            throw new IOException("the trailer is cut off");
        }
        byte[] data = output.bytes();
        CRC32 crc = new CRC32();
        crc.update(data, before, data.length - before);
        if (littleEndian(body, end, 4) != crc.getValue()) {
            throw new IOException("the CRC-32 does not hold");
        }
        if (littleEndian(body, end + 4, 4) != data.length - before) {
            throw new IOException("the size in the trailer does not hold");
        }
        return end + TRAILER;
    }

    private static int inflate(Inflater inflater, byte[] body, int start, Output output) throws IOException {
        byte[] chunk = new byte[STEP];
        try {
            inflater.setInput(body, start, body.length - start);
            while (!inflater.finished() && !output.full()) {
                int count = inflater.inflate(chunk);
                output.add(chunk, count);
                if (inflater.needsDictionary()) {
                    throw new IOException("the stream wants a preset dictionary");
                }
                if (count == 0 && inflater.needsInput() && !inflater.finished()) {
                    throw new IOException("the stream is cut off");
                }
            }
            return Math.toIntExact(inflater.getBytesRead());
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    /** Checks the header of a member and returns where the deflate stream begins. */
    private static int gzipHeader(byte[] body) throws IOException {
        if (body.length < 10 || body[0] != 0x1f || body[1] != (byte) 0x8b || body[2] != 8) {
            throw new IOException("not a gzip member");
        }
        int flags = Byte.toUnsignedInt(body[3]);
        if ((flags & FLAGS_RESERVED) != 0) {
            throw new IOException("reserved flags are set");
        }
        int at = 10;
        if ((flags & FLAG_EXTRA) != 0) {
            at += 2 + (int) littleEndian(body, at, 2);
        }
        if ((flags & FLAG_NAME) != 0) {
            at = afterZero(body, at);
        }
        if ((flags & FLAG_COMMENT) != 0) {
            at = afterZero(body, at);
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            at = afterHeaderCrc(body, at);
        }
        if (at > body.length) {
            throw new IOException("the header is cut off");
        }
        return at;
    }

    private static int afterHeaderCrc(byte[] body, int at) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(body, 0, Math.min(at, body.length));
        if (littleEndian(body, at, 2) != (crc.getValue() & 0xffff)) {
            throw new IOException("the CRC of the header does not hold");
        }
        return at + 2;
    }

    private static int afterZero(byte[] body, int at) throws IOException {
        for (int i = at; i < body.length; i++) {
            if (body[i] == 0) {
                return i + 1;
            }
        }
        throw new IOException("the header is cut off");
    }

    static long littleEndian(byte[] bytes, int at, int width) throws IOException {
        if (at + width > bytes.length) {
            throw new IOException("the stream is cut off");
        }
        long number = 0;
        for (byte one : reversed(Arrays.copyOfRange(bytes, at, at + width))) {
            number = number << 8 | Byte.toUnsignedLong(one);
        }
        return number;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
