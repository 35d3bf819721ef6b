package today.p2p.model;

import java.io.IOException;

/** Walks over a part of some bytes; reading past its end is how a cut stream shows. */
final class Cursor {

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
