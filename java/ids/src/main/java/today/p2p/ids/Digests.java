package today.p2p.ids;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import today.p2p.msgpack.Bytes;

/** Hashes of texts one after the other, as base58. */
final class Digests {
    private Digests() {}

    /** The base58 of the hash of the UTF-8 of all parts, with nothing between them. */
    static Bytes base58(String algorithm, String... parts) {
        MessageDigest digest = digest(algorithm);
        for (String part : parts) {
            digest.update(Bytes.ofUtf8(part).asByteBuffer());
        }
        String text = Base58.write(new BigInteger(1, digest.digest()));
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has the SHA-2 family", impossible);
        }
    }
}
