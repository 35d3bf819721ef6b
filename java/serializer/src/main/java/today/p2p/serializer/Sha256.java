package today.p2p.serializer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum of FRM-3. */
final class Sha256 {
    static final int BYTES = 32;

    private Sha256() {}

    /** A digest of one's own: it is not thread-safe, and each reader and writer keeps one. */
    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
