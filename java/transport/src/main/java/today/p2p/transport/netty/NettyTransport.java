package today.p2p.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import today.p2p.transport.CloseReport;
import today.p2p.transport.Connection;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.Encryption;
import today.p2p.transport.EventLoop;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.TransportStats;

/** {@link Transport} on Netty, over TCP and TLS. */
public final class NettyTransport implements Transport {
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Hub hub;
    private final Shutdown shutdown;

    private NettyTransport(TransportConfig config, Hub.Names names) {
        hub = new Hub(config, names);
        shutdown = new Shutdown(hub);
    }

    /**
     * A transport with its event loops.
     *
     * @throws UnsupportedOperationException when the configured {@link TransportConfig.Io} is not available
     */
    public static NettyTransport open(TransportConfig config) {
        return open(config, InetAddress::getAllByName);
    }

    static NettyTransport open(TransportConfig config, Hub.Names names) {
        return new NettyTransport(Objects.requireNonNull(config), names);
    }

    /** Whether the libraries are there and this machine can do it. */
    public static boolean isAvailable(TransportConfig.Io io) {
        return Loops.isAvailable(io);
    }

    @Override
    public TransportConfig config() {
        return hub.config();
    }

    @Override
    public Listener listen(
            InetSocketAddress address, Encryption encryption, Supplier<? extends ConnectionHandler> handlers)
            throws IOException {
        Objects.requireNonNull(address);
        Objects.requireNonNull(encryption);
        Objects.requireNonNull(handlers);
        if (hub.loops().isCurrent()) {
            throw new IllegalStateException("listen waits, which an event loop must not");
        }
        if (hub.isClosing()) {
            throw new IllegalStateException("the transport is closed");
        }
        NettyListener listener = new NettyListener(hub, address, encryption, handlers);
        if (hub.isClosing()) {
            listener.close();
        }
        return listener;
    }

    @Override
    public CompletableFuture<Connection> dial(String host, int port, ConnectionHandler handler, DialOptions options) {
        Objects.requireNonNull(host);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(options);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 1..65535");
        }
        if (hub.isClosing()) {
            return CompletableFuture.failedFuture(
                    new DialFailedException(DialFailedException.Kind.CLOSED, "the transport is closed", null));
        }
        return Dial.start(hub, host, port, handler, options);
    }

    @Override
    public EventLoop loop() {
        return hub.loops().next();
    }

    @Override
    public List<Connection> connections() {
        return hub.open().stream()
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .<Connection>map(connection -> connection)
                .toList();
    }

    @Override
    public TransportStats stats() {
        return hub.stats();
    }

    @Override
    public boolean isClosed() {
        return hub.isClosing();
    }

    @Override
    public CompletableFuture<CloseReport> shutdown(Duration drain) {
        return shutdown.begin(Objects.requireNonNull(drain)).copy();
    }

    @Override
    public void close() {
        CompletableFuture<CloseReport> done = shutdown(DRAIN);
        if (!hub.loops().isCurrent()) {
            done.join();
        }
    }
}
