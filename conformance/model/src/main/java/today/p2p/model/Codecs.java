package today.p2p.model;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZOutputStream;
import org.xerial.snappy.Snappy;

/** The seven codecs: each body is exactly one stream of its container (CMP-1), with bounded output (CMP-3). */
final class Codecs {

    /** CMP-16 in the library's terms: room for a dictionary of 8 MiB; the next larger one that .xz knows has 12. */
    private static final int XZ_MEMORY_KIB = 10 * 1024;

    private static final int XZ_ANY_MEMORY_KIB = 2 * 1024 * 1024;

    private final Defects defects;

    Codecs(Defects defects) {
        this.defects = defects;
    }

    byte[] compress(Codec codec, byte[] data) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try {
            switch (codec) {
                case ZLIB -> write(new DeflaterOutputStream(coded), data);
                case GZIP -> write(new GZIPOutputStream(coded), data);
                case BZ2 -> write(new BZip2CompressorOutputStream(coded, 1), data);
                case LZMA -> write(new XZOutputStream(coded, new LZMA2Options(LZMA2Options.PRESET_MIN)), data);
                case SNAPPY -> coded.writeBytes(Snappy.compress(data));
                case LZ4 -> write(new LZ4FrameOutputStream(coded), data);
                case ZSTD -> coded.writeBytes(Zstd.compress(data));
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return coded.toByteArray();
    }

    private static void write(OutputStream out, byte[] data) throws IOException {
        try (out) {
            out.write(data);
        }
    }

    /** Inflates one stream that fills {@code body}, into at most {@code limit} bytes. */
    byte[] decompress(Codec codec, byte[] body, long limit) {
        Output output = new Output(body.length, limit, defects);
        try {
            int used = inflate(codec, body, output);
            if (used < body.length && !defects.is(Mutant.END_UNCHECKED)) {
                throw refused(codec, (body.length - used) + " bytes follow the end of the stream");
            }
        } catch (Failure failure) {
            if (!(defects.is(Mutant.CUT_STREAM_TAKEN) && failure.code == ErrorCode.CODEC && output.size() > 0)) {
                throw failure;
            }
        }
        return output.bytes();
    }

    /** Inflates into {@code output} and returns how many bytes of the body the stream took. */
    private int inflate(Codec codec, byte[] body, Output output) {
        try {
            return switch (codec) {
                case ZLIB -> Deflated.zlib(body, output);
                case GZIP -> Deflated.gzip(body, output);
                case SNAPPY -> SnappyBlock.inflate(body, output);
                case LZ4 -> Lz4Frame.inflate(body, output);
                case BZ2 -> bz2(body, output);
                case LZMA -> xz(body, output);
                case ZSTD -> ZstdFrame.inflate(body, output, defects);
            };
        } catch (IOException | ZstdException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Corrupt input surfaces in the libraries in all of these ways.
            throw refused(codec, String.valueOf(e.getMessage()));
        }
    }

    private static int bz2(byte[] body, Output output) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(body);
        output.drain(new BZip2CompressorInputStream(in, false));
        return body.length - in.available();
    }

    private int xz(byte[] body, Output output) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(body);
        int memory = defects.is(Mutant.WINDOW_UNCHECKED) ? XZ_ANY_MEMORY_KIB : XZ_MEMORY_KIB;
        output.drain(new SingleXZInputStream(in, memory));
        return body.length - in.available();
    }

    static Failure refused(Codec codec, String detail) {
        return Failure.of(ErrorCode.CODEC, "CMP-2", codec.label() + ": " + detail);
    }
}
