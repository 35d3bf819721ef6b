package today.p2p.ids;

import java.math.BigInteger;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

/**
 * The id of a node: base58 text, and the number that it stands for.
 *
 * <p>Two ids are equal when their bytes are (MSG-8), and ordered as numbers (NID-5); of two texts
 * for one number, which differ in leading {@code 1} digits, the smaller bytes come first.
 * Immutable.
 */
public final class NodeId implements Comparable<NodeId> {
    // The number is made from them when it is asked for: it would be two thirds of what an id takes, of each peer.
    private final Bytes bytes;

    private NodeId(Bytes bytes) {
        this.bytes = bytes;
    }

    /**
     * The id that a node makes for itself (NID-1).
     *
     * @param address under which others reach it, see {@link AddressText}
     * @param salt a random UUID in its 36-character form, made anew for each node (NID-3)
     */
    public static NodeId of(String address, ProtocolId protocol, String salt) {
        Bytes bytes = Digests.base58("SHA-384", address, protocol.text(), salt);
        return read(bytes).value().orElseThrow();
    }

    /**
     * The id that a peer claims, which came as text or binary; BASE58 for anything but a number
     * (NID-4).
     */
    public static Parsed<NodeId> read(Bytes claimed) {
        return Base58.check(claimed)
                .<Parsed<NodeId>>map(wrong -> new Parsed.Refused<>(noId(wrong)))
                .orElseGet(() -> new Parsed.Sound<>(new NodeId(claimed.compact())));
    }

    private static Malformed noId(Malformed why) {
        return new Malformed(ErrorCode.BASE58, why.offset(), "not a node id: " + why.detail());
    }

    /** The base58 text as bytes, as it came. */
    public Bytes bytes() {
        return bytes;
    }

    /** The number, 0 to 2^512-1: for the order, and the node's place on a Chord ring. */
    public BigInteger number() {
        return Base58.read(bytes).value().orElseThrow();
    }

    /** The base58 text. */
    public String text() {
        return bytes.utf8();
    }

    @Override
    public int compareTo(NodeId other) {
        int byNumber = Base58.compare(bytes, other.bytes);
        return byNumber != 0 ? byNumber : bytes.compareTo(other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
