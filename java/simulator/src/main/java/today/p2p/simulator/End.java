package today.p2p.simulator;

import java.nio.ByteBuffer;

/** What sits at one end of a connection: a link of a node, or a hostile peer. */
interface End {
    /** The name of its owner, for the trace. */
    String name();

    /** Whether bytes should be read; those that come all the same wait in the connection. */
    boolean takesBytes();

    /** Bytes have come, cut anywhere. */
    void bytes(ByteBuffer chunk);

    /** So many bytes have left for the other end. */
    void written(long bytes);

    /** The connection is lost or was ended by the other side. Nothing comes after it. */
    void ended(String why);
}
