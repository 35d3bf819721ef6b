package today.p2p.benchmarks;

import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;

/**
 * A SHA-256 that is always zero and costs nothing: for comparing the rest of our work with serializers that make no checksum.
 * Installed in a measured JVM, it makes the serializer do all that it always does but hash.
 */
final class NoChecksum extends Provider {
    private static final long serialVersionUID = 1;

    private NoChecksum() {
        super("NoChecksum", "1", "a digest that costs nothing, for measurements");
        putService(new Service(this, "MessageDigest", "SHA-256", Zero.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                return new Zero();
            }
        });
    }

    static void install() {
        Security.insertProviderAt(new NoChecksum(), 1);
    }

    private static final class Zero extends MessageDigest {
        Zero() {
            super("SHA-256");
        }

        @Override
        protected void engineUpdate(byte input) {
            // Nothing is hashed.
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            // Nothing is hashed.
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[32];
        }

        @Override
        protected int engineDigest(byte[] target, int offset, int length) {
            java.util.Arrays.fill(target, offset, offset + 32, (byte) 0);
            return 32;
        }

        @Override
        protected int engineGetDigestLength() {
            return 32;
        }

        @Override
        protected void engineReset() {
            // Nothing to forget.
        }
    }
}
