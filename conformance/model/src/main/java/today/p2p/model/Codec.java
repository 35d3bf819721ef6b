package today.p2p.model;

import java.util.Arrays;
import java.util.Optional;

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
