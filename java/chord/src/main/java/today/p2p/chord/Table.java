package today.p2p.chord;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/**
 * The five tables in which each key has one position (CHO-2), in the order in which a node asks
 * them.
 */
public enum Table {
    SHA1("sha1", "SHA-1", 224),
    SHA224("sha224", "SHA-224", 160),
    SHA256("sha256", "SHA-256", 128),
    SHA384("sha384", "SHA-384", 0),
    SHA512("sha512", "SHA-512", 0);

    private static final Table[] ALL = values();

    /** Of the largest position, that of {@link #SHA512}. */
    static final int BYTES = 64;

    private final String hashName;
    private final Bytes name;
    private final Value hashValue;
    private final String algorithm;
    private final int shift;

    Table(String hashName, String algorithm, int shift) {
        this.hashName = hashName;
        this.algorithm = algorithm;
        this.shift = shift;
        name = Bytes.ofUtf8(hashName);
        hashValue = Value.of(name);
    }

    /** The name of the hash, as it stands in messages. */
    public String hashName() {
        return hashName;
    }

    /** The name as binary (CRD-6). */
    Value hashValue() {
        return hashValue;
    }

    /**
     * The table of a hash name that a peer sent as text or binary (MSG-8); empty for any other
     * name.
     */
    public static Optional<Table> named(Bytes hashName) {
        for (Table table : ALL) {
            if (table.name.equals(hashName)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /**
     * The position of a key as it is sent: that of {@link #SHA512} has all of its 512 bits (CHO-3).
     * {@link RingId#of} gives its place on the ring.
     *
     * @param key of any length; text counts as its UTF-8
     */
    public BigInteger position(Bytes key) {
        return new BigInteger(1, bytes(key.toArray()));
    }

    /** The same, as 64 bytes, the most significant first. */
    byte[] bytes(byte[] key) {
        byte[] hash = digest().digest(key);
        byte[] position = new byte[BYTES];
        System.arraycopy(hash, 0, position, BYTES - shift / Byte.SIZE - hash.length, hash.length);
        return position;
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-1 and the SHA-2 family", impossible);
        }
    }
}
