package today.p2p.network;

import java.util.Locale;

/** Who does the work. */
public enum Subject {
    /** Netty with a length in front of each message. */
    NETTY,
    /** The same, with a SHA-256 that is made and verified at every node. */
    NETTY_SHA,
    /** Mesh Networks that list no codec. */
    MESH,
    /** Mesh Networks with the codecs that they have by themselves. */
    MESH_CODECS;

    boolean isMesh() {
        return this == MESH || this == MESH_CODECS;
    }

    boolean hashes() {
        return this != NETTY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
