package today.p2p.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Listens and dials; owns the event loops, limits and budgets of its connections. Several of them may live in one
 * program. Thread-safe.
 *
 * <p>Everything that it started, threads, ports, descriptors and timers, ends with {@link #close}.
 */
public interface Transport extends AutoCloseable {

    /** What it was opened with. */
    TransportConfig config();

    /**
     * Accepts connections from now on; may be called several times. Not on an event loop, since it waits for the
     * system.
     *
     * @param address where; port 0 lets the system choose, see {@link Listener#address}
     * @param encryption of all connections that come this way
     * @param handlers gives each connection its handler; a throw refuses the connection
     * @throws IOException when the address cannot be bound
     * @throws IllegalStateException on an event loop, or when the transport is closed
     */
    Listener listen(InetSocketAddress address, Encryption encryption, Supplier<? extends ConnectionHandler> handlers)
            throws IOException;

    /**
     * Connects. Names are resolved off the event loop, and their addresses tried in turn.
     *
     * @param host a name, or an address as text
     * @param port 1 to 65535
     * @return completed on the connection's event loop after {@link ConnectionHandler#connected}, so what is
     *     chained to it must not block; or failed with {@link DialFailedException}. Cancelling it ends the attempt
     * @throws IllegalArgumentException when the port is out of its range
     */
    CompletableFuture<Connection> dial(String host, int port, ConnectionHandler handler, DialOptions options);

    /** One of the event loops, for whatever needs one thread and timers; each call may give another. */
    EventLoop loop();

    /** The connections that are open now, in the order of their ids; a snapshot. */
    List<Connection> connections();

    /** What has happened so far. */
    TransportStats stats();

    /** Whether it was closed, or is being closed. */
    boolean isClosed();

    /**
     * Ends it: no more dials and no more incoming connections; every connection is closed as by {@link
     * Connection#close(DisconnectReason)}, and those that are not done after {@code drain} are aborted; then the
     * threads end. May be called anywhere, callbacks included. A second call changes nothing and gives the same
     * future.
     *
     * @param drain how long connections may go on writing what is queued; zero aborts them
     * @return completed when everything has ended, with what was not sent
     */
    CompletableFuture<CloseReport> shutdown(Duration drain);

    /** {@link #shutdown} within 5 seconds; waits for it, unless called on an event loop. */
    @Override
    void close();
}
