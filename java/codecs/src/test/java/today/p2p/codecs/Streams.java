package today.p2p.codecs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;

/** Short ways to say what tests of codecs do. */
final class Streams {
    static final int NO_LIMIT = 64 << 20;

    private Streams() {}

    static Codec codec(String name) {
        return Codecs.available().stream()
                .filter(codec -> codec.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(Codecs.missing().toString()));
    }

    static byte[] compressed(Codec codec, byte[] plain) {
        BoundedOutput out = new BoundedOutput(NO_LIMIT);
        if (!codec.compress(plain, 0, plain.length, out)) {
            throw new AssertionError(codec.name() + " refused to compress");
        }
        return out.toBytes().toArray();
    }

    /** The error code, or empty when the body is one sound stream. */
    static Optional<ErrorCode> refusal(Codec codec, byte[] body, int limit) {
        BoundedOutput out = new BoundedOutput(limit);
        return codec.decompress(body, 0, body.length, out).map(Malformed::code);
    }

    static Bytes decompressed(Codec codec, byte[] body, int limit) {
        BoundedOutput out = new BoundedOutput(limit);
        Optional<Malformed> malformed = codec.decompress(body, 0, body.length, out);
        if (malformed.isPresent()) {
            throw new AssertionError(malformed.get().toString());
        }
        return out.toBytes();
    }

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Text with repetitions near and far, as messages have. */
    static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append("{\"name\":\"node ")
                    .append(i % 17)
                    .append("\",\"value\":")
                    .append(i * i % 1009)
                    .append("}\n");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
