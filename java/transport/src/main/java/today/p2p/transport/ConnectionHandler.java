package today.p2p.transport;

import java.nio.ByteBuffer;

/**
 * What a user does about one connection. The callbacks come on the connection's event loop, one after the other:
 * {@link #connected} once, then {@link #received} and {@link #written} in any order, and {@link #disconnected}
 * once and last. A connection that never came about, be it for its TLS handshake or a limit, has no callback at
 * all.
 *
 * <p>A callback must not block: it would hold all connections of its event loop. A callback that throws closes
 * its own connection with {@link DisconnectReason.Kind#HANDLER_FAILED} and harms no other.
 */
public interface ConnectionHandler {

    /** Bytes can be written and will be received from now on. */
    void connected(Connection connection);

    /**
     * Bytes came.
     *
     * @param bytes a region of the receive buffer, cut anywhere, never empty. It is valid only until this
     *     method returns: read or copy what matters
     */
    void received(Connection connection, ByteBuffer bytes);

    /**
     * The socket took bytes.
     *
     * @param bytes how many of the queued ones, above 0; not cut at the borders of writes
     */
    default void written(Connection connection, long bytes) {}

    /** The end, for the first reason there was. What was queued and not {@link #written} is lost. */
    void disconnected(Connection connection, DisconnectReason reason);

    /**
     * Whether the user has a handshake of its own: then the connection counts as pending, and the handshake
     * deadline runs, until {@link Connection#ready}. Otherwise it is ready when it is connected. Asked once,
     * before {@link #connected}.
     */
    default boolean awaitsReady() {
        return false;
    }
}
