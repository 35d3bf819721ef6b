package today.p2p.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import today.p2p.serializer.BoundedOutput;

/**
 * One bzip2 stream. A reader needs at most 4.5 MB beside its output, because the format has no
 * larger block.
 */
final class Bzip2 extends ContainerCodec {
    private static final int MAGIC_LENGTH = 10;
    private static final long FIRST_BLOCK = 0x314159265359L;
    private static final long END_OF_STREAM = 0x177245385090L;

    Bzip2() {
        super("bz2", 0x10);
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        if (length < MAGIC_LENGTH || body[offset] != 'B' || body[offset + 1] != 'Z' || body[offset + 2] != 'h') {
            return false;
        }
        long next = 0;
        for (int i = 4; i < MAGIC_LENGTH; i++) {
            next = next << 8 | Little.int8(body, offset + i);
        }
        byte level = body[offset + 3];
        return level >= '1' && level <= '9' && (next == FIRST_BLOCK || next == END_OF_STREAM);
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(body, from, to - from);
        try (BZip2CompressorInputStream stream = new BZip2CompressorInputStream(in, false)) {
            drain(stream, out);
            Refusal.unless(in.available() == 0);
        } catch (RuntimeException corrupt) {
            // The library trusts some counts of the stream and runs past the ends of its arrays.
            throw Refusal.CORRUPT;
        }
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        // A block of the size of the data: the largest one takes 7.6 MB, even for a message of a
        // few hundred bytes.
        int block = BZip2CompressorOutputStream.chooseBlockSize(Math.max(1, to - from));
        try (BZip2CompressorOutputStream stream = new BZip2CompressorOutputStream(new LimitedStream(out), block)) {
            stream.write(plain, from, to - from);
        } catch (Refusal limit) {
            return false;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return !out.passed();
    }
}
