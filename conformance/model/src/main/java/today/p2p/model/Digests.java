package today.p2p.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash functions of the specification, by their JDK names. */
final class Digests {

    private Digests() {}

    static byte[] of(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime must have " + algorithm, e);
        }
    }
}
