package today.p2p.transport.netty;

import java.net.InetSocketAddress;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.Direction;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DisconnectReason;

/** Whoever waits for a connection to come about: a dial, or the listener it came through. Called on its loop. */
interface Opening {
    Direction direction();

    /** The place that it takes. */
    Admission.Place place();

    ConnectionHandler handler();

    /** Whether a TCP connection that has come about is still wanted. */
    default boolean admits(InetSocketAddress local, InetSocketAddress remote) {
        return true;
    }

    /** It is connected. */
    default void up(Connection connection) {}

    /** It has ended, perhaps before it was up. */
    default void ended(DisconnectReason reason) {}
}
