package today.p2p.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tukaani.xz.LZMA2InputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Limits;

/** One .xz stream, without padding behind it. */
final class Xz extends ContainerCodec {
    private static final int MAGIC = 0x587a37fd;
    private static final int REST_OF_MAGIC = 0x005a;

    /**
     * KiB for a dictionary of {@code max-window} (CMP-16) and filters before it; the next larger
     * one has 12 MiB.
     */
    private static final int MEMORY = LZMA2InputStream.getMemoryUsage(Limits.MAX_WINDOW) + 64;

    // An encoder needs about 12 times its dictionary.
    private static final int LARGEST_DICTIONARY = 1 << 20;

    Xz() {
        super("lzma", 0x12);
    }

    @Override
    public boolean begins(byte[] body, int offset, int length) {
        return length >= 6 && Little.int32(body, offset) == MAGIC && Little.int16(body, offset + 4) == REST_OF_MAGIC;
    }

    @Override
    void inflate(byte[] body, int from, int to, BoundedOutput out) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(body, from, to - from);
        try (SingleXZInputStream stream = new SingleXZInputStream(in, MEMORY)) {
            drain(stream, out);
            Refusal.unless(in.available() == 0);
        }
    }

    @Override
    boolean deflate(byte[] plain, int from, int to, BoundedOutput out) {
        try (XZOutputStream stream = writer(new LimitedStream(out), to - from)) {
            stream.write(plain, from, to - from);
        } catch (Refusal limit) {
            return false;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return !out.passed();
    }

    private static XZOutputStream writer(LimitedStream out, int length) throws IOException {
        LZMA2Options options = new LZMA2Options();
        int dictionary = Math.max(length, LZMA2Options.DICT_SIZE_MIN);
        options.setDictSize(Math.min(dictionary, LARGEST_DICTIONARY));
        // CRC-32, not the usual CRC-64: the checksum of the message is inside.
        return new XZOutputStream(out, options, XZ.CHECK_CRC32);
    }
}
