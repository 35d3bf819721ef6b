package today.p2p.peers;

/**
 * A serializer that carries a {@link Struct}, in the way that its makers would call fast: reused state, the caller's buffer where
 * the API has one. One peer is loaded in a fork, so calls through this interface cost nothing.
 */
public interface Peer {
    /** Enough for every peer. */
    int BUFFER_BYTES = 8192;

    /** Encodes into a buffer that the peer reuses; returns the number of bytes. */
    int encode(Struct struct) throws Exception;

    /** A copy of what {@link #encode} wrote last, as input for {@link #decode}. */
    byte[] encoded();

    /** A new struct from what {@link #encode} wrote. */
    Struct decode(byte[] bytes) throws Exception;
}
