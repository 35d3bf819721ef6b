package today.p2p.ids;

import java.util.Objects;
import today.p2p.msgpack.Bytes;

/**
 * The name of a network: nodes with different ones refuse each other (SUB-1). Compared as bytes,
 * whatever msgpack type it came as (MSG-8). Immutable.
 *
 * @param bytes the base58 text, in UTF-8
 */
public record ProtocolId(Bytes bytes) {
    /** The protocol version, part of each id (VER-1). */
    public static final String VERSION = "0.7";

    public ProtocolId {
        Objects.requireNonNull(bytes);
    }

    /** The id of the network with that subnet and encryption. */
    public static ProtocolId of(String subnet, Encryption encryption) {
        return of(subnet, encryption.label());
    }

    /** The same with any label, for those that the registry reserves. */
    public static ProtocolId of(String subnet, String encryptionLabel) {
        return new ProtocolId(Digests.base58("SHA-256", subnet, encryptionLabel, VERSION));
    }

    /** The subnet that a Sync Table uses in place of its own (SUB-3). */
    public static String syncSubnet(String subnet, boolean leasing) {
        return subnet + (leasing ? "1" : "0");
    }

    /** The base58 text. */
    public String text() {
        return bytes.utf8();
    }

    @Override
    public String toString() {
        return text();
    }
}
