package today.p2p.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.Encryption;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.CloseReason.Cause;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.mesh.HostGroup;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.transport.Connection;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.EventLoop;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.netty.NettyTransport;

/** Wires over sockets. */
final class TransportWires implements Wires {
    /** The machines have deadlines of their own for what is not written (LNK-21). */
    private static final Duration NEVER = Duration.ofDays(365);

    /** Room for links that were refused and are not closed yet. */
    private static final int CLOSING = 64;

    private final Transport transport;
    private final today.p2p.transport.Encryption encryption;
    private final RuntimeOptions options;
    private final Shunned shunned;
    private final EventLoop home;
    private volatile @Nullable Listener listener;

    private TransportWires(Transport transport, RuntimeOptions options, Shunned shunned) {
        this.transport = transport;
        this.options = options;
        this.shunned = shunned;
        home = transport.loop();
        encryption = switch (options.encryption()) {
            case PLAINTEXT -> today.p2p.transport.Encryption.PLAINTEXT;
            case SSL -> today.p2p.transport.Encryption.TLS_UNVERIFIED;
        };
    }

    static TransportWires open(RuntimeOptions options) {
        Shunned shunned = new Shunned(options.limits());
        TransportConfig config = config(options)
                .admits(address -> !shunned.holds(
                        HostGroup.of(address.getHostAddress()), options.clock().get()))
                .build();
        return new TransportWires(NettyTransport.open(config), options, shunned);
    }

    /** Limits above those of the machines, which count the same things and say why a link is closed. */
    private static TransportConfig.Builder config(RuntimeOptions options) {
        NodeLimits limits = options.limits();
        int links = (int) Math.min(limits.of(Limit.MAX_LINKS), Integer.MAX_VALUE / 4);
        boolean isPlain = options.encryption() == Encryption.PLAINTEXT;
        int pending = isPlain ? links : (int) limits.of(Limit.MAX_HANDSHAKES);
        return TransportConfig.builder()
                .name("node")
                .threads(options.threads())
                .maxConnections(2 * links + CLOSING)
                .maxIncoming(links + CLOSING)
                .maxPerAddress(links)
                .maxPending(pending)
                .maxLinkQueuedBytes(Long.MAX_VALUE / 4)
                .maxQueuedBytes(Long.MAX_VALUE / 2)
                .connectDeadline(options.connectWithin())
                .handshakeDeadline(Duration.ofNanos(limits.nanos(today.p2p.kernel.Timer.HANDSHAKE_DEADLINE)))
                .writeDeadline(NEVER);
    }

    @Override
    public Wire.Loop home() {
        return new HomeLoop(home);
    }

    @Override
    public Address listen(Address at, Supplier<Wire.Events> incoming) {
        try {
            Listener bound = transport.listen(
                    new InetSocketAddress(at.host(), at.port()), encryption, () -> new Handler(incoming.get()));
            listener = bound;
            return OwnAddress.of(bound.address());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    @Override
    public Runnable dial(Address to, Wire.Events events) {
        if (to.port() == 0) {
            events.down(CloseReason.because(Cause.UNREACHABLE, "port 0"));
            return () -> {};
        }
        Handler handler = new Handler(events);
        CompletableFuture<Connection> dialled =
                transport.dial(to.host(), to.port(), handler, DialOptions.of(encryption));
        dialled.whenComplete((connection, failure) -> {
            if (failure != null) {
                handler.notConnected(failure);
            }
        });
        return () -> dialled.cancel(false);
    }

    @Override
    public void stopListening() {
        Listener open = listener;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        return transport.shutdown(options.drainWithin()).thenAccept(report -> {});
    }

    private static CloseReason reasonOf(DisconnectReason reason) {
        String detail = reason.detail();
        return switch (reason.kind()) {
            case LOCAL, TRANSPORT_CLOSED -> CloseReason.because(Cause.LOCAL, detail);
            case REMOTE, IO_FAILURE -> CloseReason.because(Cause.REMOTE, detail);
            case HANDSHAKE_FAILED -> CloseReason.because(Cause.UNREACHABLE, detail);
            case HANDSHAKE_TIMED_OUT, WRITE_STALLED, IDLE, FRAME_TIMED_OUT -> CloseReason.rule(ErrorCode.SLOW, detail);
            case MALFORMED -> CloseReason.rule(ErrorCode.SHAPE, detail);
            case LIMIT -> CloseReason.rule(ErrorCode.LIMIT, detail);
            case HANDLER_FAILED -> CloseReason.rule(ErrorCode.INTERNAL, detail);
        };
    }

    /** Why a dial failed, to somebody who knows where it went. */
    private static String said(Throwable failure) {
        if (failure instanceof CancellationException) {
            return "the dial was given up";
        } else if (!(failure instanceof DialFailedException dial)) {
            return String.valueOf(failure.getMessage());
        } else {
            return switch (dial.kind()) {
                case REFUSED -> "nobody listens there";
                case TIMED_OUT -> "nobody answers there";
                case UNRESOLVED -> "no address is known of that name";
                case UNREACHABLE -> "no way leads there";
                case SELF -> "this node itself listens there";
                case LIMIT_TOTAL, LIMIT_PER_ADDRESS, LIMIT_PENDING, HANDSHAKE_FAILED, HANDSHAKE_TIMED_OUT ->
                    dial.detail();
                case DISCONNECTED, CLOSED -> dial.detail();
            };
        }
    }

    /** Hands what happens on one connection to its link. */
    private final class Handler implements ConnectionHandler {
        private static final AtomicIntegerFieldUpdater<Handler> DECIDED =
                AtomicIntegerFieldUpdater.newUpdater(Handler.class, "isDecided");

        private final Wire.Events events;
        /** Set by what comes first: the connection, or the failure of the dial. The other is not told. */
        private volatile int isDecided;
        /** Of the connection's thread alone. */
        private boolean isUp;

        Handler(Wire.Events events) {
            this.events = events;
        }

        /** On any thread; a dial can also be given up while its connection comes about. */
        void notConnected(Throwable failure) {
            if (DECIDED.compareAndSet(this, 0, 1)) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                events.down(CloseReason.because(Cause.UNREACHABLE, said(cause)));
            }
        }

        @Override
        public void connected(Connection connection) {
            if (!DECIDED.compareAndSet(this, 0, 1)) {
                connection.abort(DisconnectReason.of(DisconnectReason.Kind.LOCAL, "the dial was given up"));
                return;
            }
            isUp = true;
            InetSocketAddress peer = connection.remoteAddress();
            events.up(new ConnectionWire(connection, OwnAddress.of(peer.getAddress(), peer.getPort())));
        }

        @Override
        public void received(Connection connection, ByteBuffer bytes) {
            events.received(bytes);
        }

        @Override
        public void written(Connection connection, long bytes) {
            events.written(bytes);
        }

        @Override
        public void disconnected(Connection connection, DisconnectReason reason) {
            if (!isUp) {
                return;
            }
            events.down(reasonOf(reason));
        }
    }

    private final class ConnectionWire implements Wire, Wire.Loop {
        private final Connection connection;
        private final Address remote;

        ConnectionWire(Connection connection, Address remote) {
            this.connection = connection;
            this.remote = remote;
        }

        @Override
        public Address remote() {
            return remote;
        }

        @Override
        public Wire.Loop loop() {
            return this;
        }

        @Override
        public void fault() {
            if (connection.direction() == Connection.Direction.INCOMING) {
                shunned.fault(HostGroup.of(remote.host()), options.clock().get());
            }
        }

        @Override
        public void write(Bytes frame) {
            connection.write(frame.asByteBuffer());
        }

        @Override
        public void reads(boolean wanted) {
            if (wanted) {
                connection.resume();
            } else {
                connection.pause();
            }
        }

        @Override
        public void shut(boolean drains) {
            DisconnectReason reason = DisconnectReason.of(DisconnectReason.Kind.LOCAL, "closed by this side");
            if (drains) {
                // A peer that does not read would keep its connection for ever.
                connection.schedule(() -> connection.abort(reason), options.drainWithin());
                connection.close(reason);
            } else {
                connection.abort(reason);
            }
        }

        @Override
        public void execute(Runnable task) {
            connection.execute(task);
        }

        @Override
        public boolean isCurrent() {
            return connection.loop().isCurrent();
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            EventLoop.Timer timer = connection.schedule(task, Duration.ofNanos(nanos));
            return timer::cancel;
        }
    }

    private record HomeLoop(EventLoop loop) implements Wire.Loop {
        @Override
        public void execute(Runnable task) {
            try {
                loop.execute(task);
            } catch (RejectedExecutionException ended) {
                // Nothing runs after the end; who waits for an answer is told by NodeRuntime.
                return;
            }
        }

        @Override
        public boolean isCurrent() {
            return loop.isCurrent();
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            try {
                EventLoop.Timer timer = loop.schedule(task, Duration.ofNanos(nanos));
                return timer::cancel;
            } catch (RejectedExecutionException ended) {
                return () -> {};
            }
        }
    }

    /** Under which address a node that listens on all its addresses is reached by others. */
    private static final class OwnAddress {
        private OwnAddress() {}

        /** The address itself, or in place of "all own addresses" the first one that other machines could see. */
        static Address of(InetSocketAddress bound) {
            InetAddress ip = bound.getAddress();
            InetAddress told = ip.isAnyLocalAddress() ? visible().orElseGet(InetAddress::getLoopbackAddress) : ip;
            return of(told, bound.getPort());
        }

        /** As text without the zone of an IPv6 address, which means nothing elsewhere. */
        static Address of(InetAddress ip, int port) {
            String text = ip.getHostAddress();
            int zone = text.indexOf('%');
            return new Address(zone < 0 ? text : text.substring(0, zone), port);
        }

        private static Optional<InetAddress> visible() {
            try {
                return NetworkInterface.networkInterfaces()
                        .filter(OwnAddress::isUp)
                        .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                        .flatMap(OwnAddress::addresses)
                        .min(Comparator.comparing(ip -> !(ip instanceof Inet4Address)));
            } catch (SocketException unknown) {
                return Optional.empty();
            }
        }

        private static Stream<InetAddress> addresses(NetworkInterface network) {
            return network.inetAddresses().filter(ip -> !ip.isLoopbackAddress() && !ip.isLinkLocalAddress());
        }

        private static boolean isUp(NetworkInterface network) {
            try {
                return network.isUp() && !network.isLoopback();
            } catch (SocketException unknown) {
                return false;
            }
        }
    }
}
