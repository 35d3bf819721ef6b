package today.p2p.model;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZOutputStream;
import org.xerial.snappy.Snappy;
import today.p2p.model.Blocks.Lz4Frame;
import today.p2p.model.Blocks.SnappyBlock;
import today.p2p.model.Blocks.ZstdFrame;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

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

    /** The active codecs of registry/codecs.csv, in the order in which this model prefers them. */
    enum Codec {
        ZSTD(0x22, "28b52ffd"),
        LZ4(0x21, "04224d18"),
        SNAPPY(0x20, ""),
        ZLIB(0x13, ""),
        GZIP(0x11, "1f8b08"),
        BZ2(0x10, "425a68"),
        LZMA(0x12, "fd377a585a00");

        final int code;
        private final String magic;

        Codec(int code, String magic) {
            this.code = code;
            this.magic = magic;
        }

        static Optional<Codec> of(int code) {
            return Arrays.stream(values()).filter(codec -> codec.code == code).findFirst();
        }

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether the body begins with this codec's magic bytes; never for snappy, which has none (CMP-7). */
        boolean beginsLike(byte[] body) {
            return switch (this) {
                case SNAPPY -> false;
                case ZLIB -> beginsLikeZlib(body);
                case BZ2 -> beginsLikeBz2(body);
                case ZSTD, LZ4, GZIP, LZMA -> head(body, magic.length() / 2).equals(magic);
            };
        }

        // Registry: low nibble 8, high nibble at most 7, divisible by 31, no preset dictionary.
        private static boolean beginsLikeZlib(byte[] body) {
            if (body.length < 2) {
                return false;
            }
            int method = Byte.toUnsignedInt(body[0]);
            int flags = Byte.toUnsignedInt(body[1]);
            return (method & 0x0f) == 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 == 0 && (flags & 0x20) == 0;
        }

        // Registry: "BZh", a digit, and the magic number of a block or of the end of the stream.
        private static boolean beginsLikeBz2(byte[] body) {
            return head(body, 10).matches("425a683[1-9](314159265359|177245385090)");
        }

        private static String head(byte[] body, int count) {
            return new Bytes(Arrays.copyOf(body, Math.min(count, body.length))).hex();
        }
    }

    /** What a decompressor has yielded so far, held to the limits of CMP-3 as it grows. */
    static final class Output {

        private static final int STEP = 8192;

        private byte[] bytes = new byte[STEP];
        private int size;
        private final long inputLength;
        private final long limit;
        private final Defects defects;

        Output(long inputLength, long limit, Defects defects) {
            this.inputLength = inputLength;
            this.limit = limit;
            this.defects = defects;
        }

        /** What a stream says of its own size; it counts for nothing (CMP-17). */
        void announced(long length) {
            if (length > limit && defects.is(Mutant.ANNOUNCEMENT_BELIEVED)) {
                throw Failure.of(ErrorCode.BOMB, "CMP-17", length + " bytes are announced");
            }
        }

        void add(byte[] chunk, int length) {
            makeRoom(length);
            System.arraycopy(chunk, 0, bytes, size, length);
            size += length;
            check();
        }

        /** Appends {@code length} bytes from {@code distance} back; they may overlap what is being appended. */
        void copy(int distance, int length) throws IOException {
            if (distance < 1 || distance > size) {
                throw new IOException("a copy reaches back before the first byte");
            }
            for (int i = 0; i < length; i++) {
                makeRoom(1);
                bytes[size] = bytes[size - distance];
                size++;
                check();
            }
        }

        private void makeRoom(int length) {
            if (length > bytes.length - size) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
            }
        }

        private void check() {
            long largest = defects.is(Mutant.INFLATED_LIMIT_REFUSES_ITSELF) ? limit - 1 : limit;
            if (size > largest && !defects.is(Mutant.BOMB_UNCAPPED)) {
                throw Failure.of(ErrorCode.BOMB, "CMP-3", "the output passes " + largest + " bytes");
            }
            boolean free = size <= Limits.RATIO_FREE && !defects.is(Mutant.RATIO_FROM_THE_FIRST_BYTE);
            boolean capped = !defects.is(Mutant.BOMB_UNCAPPED) && !defects.is(Mutant.RATIO_UNCHECKED);
            long input = defects.is(Mutant.RATIO_OF_THE_FRAME) ? inputLength + Limits.HEADER_BYTES : inputLength;
            if (!free && capped && size > Limits.MAX_RATIO * input) {
                throw Failure.of(ErrorCode.BOMB, "CMP-3", "the output passes " + Limits.MAX_RATIO + " times the input");
            }
        }

        /** Drains a decompressing stream. */
        Output drain(InputStream in) throws IOException {
            byte[] chunk = new byte[STEP];
            while (!full()) {
                int count = in.read(chunk);
                if (count < 0) {
                    break;
                }
                add(chunk, count);
            }
            return this;
        }

        // Only a model with the defect goes on this far; its memory has an end all the same.
        boolean full() {
            return size > Math.max(limit, Limits.MAX_INFLATED) + Limits.RATIO_FREE;
        }

        int size() {
            return size;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, size);
        }
    }
}
