package today.p2p.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.Direction;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialFailedException.Kind;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.EventLoop;
import today.p2p.transport.TransportStats.Limit;
import today.p2p.transport.netty.Admission.Place;

/**
 * One attempt to connect: name, then each address of it in turn, then TLS. An address that does not answer has
 * its share of the time that is left and no more. All state belongs to its loop.
 */
final class Dial implements Opening {
    private final Hub hub;
    private final String host;
    private final int port;
    private final ConnectionHandler handler;
    private final DialOptions options;
    private final Place place;
    private final NettyLoop loop;
    private final CompletableFuture<Connection> future = new CompletableFuture<>();
    private final Deque<InetAddress> addresses = new ArrayDeque<>();
    private EventLoop.@Nullable Timer timer;
    private long endsAt;
    private @Nullable Channel attempt;
    private boolean isConnected;
    private boolean isDone;
    private Kind lastKind = Kind.UNRESOLVED;
    private @Nullable Throwable lastCause;

    private Dial(Hub hub, String host, int port, ConnectionHandler handler, DialOptions options, Place place) {
        this.hub = hub;
        this.host = host;
        this.port = port;
        this.handler = handler;
        this.options = options;
        this.place = place;
        loop = hub.loops().next();
    }

    static CompletableFuture<Connection> start(
            Hub hub, String host, int port, ConnectionHandler handler, DialOptions options) {
        Admission.Entry entry = hub.admission().enter(Direction.OUTGOING);
        Place place = entry.place();
        if (place == null) {
            Kind kind = entry.refusedBy() == Limit.PENDING ? Kind.LIMIT_PENDING : Kind.LIMIT_TOTAL;
            return CompletableFuture.failedFuture(new DialFailedException(kind, sentence(kind, host, port), null));
        }
        Dial dial = new Dial(hub, host, port, handler, options, place);
        hub.dials().add(dial);
        dial.onLoop(dial::begin);
        return dial.future;
    }

    /** The transport is closing. */
    void cancel() {
        onLoop(() -> fail(Kind.CLOSED, "the transport is closed", null));
    }

    private void begin() {
        if (hub.isClosing()) {
            fail(Kind.CLOSED, "the transport is closed", null);
            return;
        }
        future.whenComplete((connection, thrown) -> {
            if (future.isCancelled()) {
                onLoop(() -> fail(Kind.DISCONNECTED, "cancelled", null));
            }
        });
        Duration own = options.connectDeadline();
        Duration deadline = own == null ? hub.config().connectDeadline() : own;
        endsAt = System.nanoTime() + NettyLoop.nanos(deadline);
        timer = loop.schedule(
                () -> fail(Kind.TIMED_OUT, "not connected within " + deadline, lastCause), NettyLoop.nanos(deadline));
        resolve();
    }

    private void resolve() {
        byte[] numeric = NetUtil.createByteArrayFromIpAddressString(host);
        if (numeric == null) {
            hub.resolvers().execute(this::lookUp);
            return;
        }
        try {
            resolved(List.of(InetAddress.getByAddress(numeric)));
        } catch (UnknownHostException impossible) {
            fail(Kind.UNRESOLVED, impossible);
        }
    }

    private void lookUp() {
        try {
            List<InetAddress> found = List.of(hub.names().addresses(host));
            onLoop(() -> resolved(found));
        } catch (UnknownHostException | SecurityException none) {
            onLoop(() -> fail(Kind.UNRESOLVED, none));
        }
    }

    private void resolved(List<InetAddress> found) {
        addresses.addAll(found);
        tryNext();
    }

    private void tryNext() {
        if (isDone) {
            return;
        }
        InetAddress address = addresses.poll();
        if (address == null) {
            fail(lastKind, lastCause);
            return;
        }
        InetSocketAddress target = new InetSocketAddress(address, port);
        if (hub.listeners().stream().anyMatch(own -> SelfCheck.reaches(target, own.address()))) {
            next(Kind.SELF, null);
            return;
        }
        Optional<Limit> limit = place.sit(address);
        if (limit.isPresent()) {
            next(Kind.LIMIT_PER_ADDRESS, null);
            return;
        }
        ChannelFuture connecting =
                bootstrap().connect(target, options.from() == null ? null : new InetSocketAddress(options.from(), 0));
        Channel channel = connecting.channel();
        attempt = channel;
        EventLoop.Timer own = addresses.isEmpty() ? null : shareOf(channel);
        connecting.addListener(done -> {
            if (own != null) {
                own.cancel();
            }
            if (!done.isSuccess()) {
                next(kindOf(done.cause()), done.cause());
            }
        });
    }

    /** Ends an attempt when it has had its share; the last address has all that is left. */
    private EventLoop.Timer shareOf(Channel channel) {
        long left = endsAt - System.nanoTime();
        return loop.schedule(
                () -> {
                    if (!isConnected) {
                        channel.close();
                    }
                },
                left / (addresses.size() + 1));
    }

    private void next(Kind kind, @Nullable Throwable cause) {
        lastKind = kind;
        lastCause = cause;
        tryNext();
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop.netty())
                .channelFactory(hub.loops().client())
                .option(ChannelOption.TCP_NODELAY, hub.config().noDelay())
                .option(ChannelOption.RECVBUF_ALLOCATOR, hub.loops().readSizes())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) throws SSLException {
                        Pipe.install(channel, hub, Dial.this, options.encryption());
                    }
                });
    }

    private static Kind kindOf(Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            return Kind.TIMED_OUT;
        }
        return cause instanceof ConnectException ? Kind.REFUSED : Kind.UNREACHABLE;
    }

    @Override
    public boolean admits(InetSocketAddress local, InetSocketAddress remote) {
        if (isDone) {
            return false;
        }
        // The system can connect a port to itself when nobody listens there.
        if (local.equals(remote)) {
            fail(Kind.SELF, null);
            return false;
        }
        isConnected = true;
        if (timer != null) {
            timer.cancel();
        }
        return true;
    }

    @Override
    public Direction direction() {
        return Direction.OUTGOING;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public ConnectionHandler handler() {
        return handler;
    }

    @Override
    public void up(Connection connection) {
        isDone = true;
        hub.dials().remove(this);
        if (!connection.isOpen()) {
            future.completeExceptionally(new DialFailedException(Kind.DISCONNECTED, "closed at once", null));
        } else if (!future.complete(connection)) {
            connection.abort(DisconnectReason.of(DisconnectReason.Kind.LOCAL, "the dial was cancelled"));
        }
    }

    @Override
    public void ended(DisconnectReason reason) {
        Kind kind = switch (reason.kind()) {
            case HANDSHAKE_FAILED -> Kind.HANDSHAKE_FAILED;
            case HANDSHAKE_TIMED_OUT -> Kind.HANDSHAKE_TIMED_OUT;
            case TRANSPORT_CLOSED -> Kind.CLOSED;
            case LOCAL, REMOTE, IO_FAILURE, WRITE_STALLED, IDLE, FRAME_TIMED_OUT, MALFORMED, LIMIT, HANDLER_FAILED ->
                Kind.DISCONNECTED;
        };
        fail(kind, reason.detail(), reason.cause());
    }

    private static String sentence(Kind kind, String host, int port) {
        String target = host + ":" + port;
        return switch (kind) {
            case REFUSED -> "nobody listens at " + target;
            case TIMED_OUT -> "nobody answers at " + target;
            case UNRESOLVED -> "no address is known of " + host;
            case UNREACHABLE -> "no way leads to " + target;
            case LIMIT_TOTAL -> "as many connections are open as may be; not dialled: " + target;
            case LIMIT_PER_ADDRESS -> "as many connections to that address are open as may be; not dialled: " + target;
            case LIMIT_PENDING -> "as many dials are under way as may be; not dialled: " + target;
            case SELF -> "this transport itself is at " + target;
            case HANDSHAKE_FAILED, HANDSHAKE_TIMED_OUT, DISCONNECTED, CLOSED -> "no connection to " + target;
        };
    }

    private void fail(Kind kind, @Nullable Throwable cause) {
        fail(kind, sentence(kind, host, port), cause);
    }

    private void fail(Kind kind, String detail, @Nullable Throwable cause) {
        if (isDone) {
            return;
        }
        isDone = true;
        if (timer != null) {
            timer.cancel();
        }
        if (attempt != null) {
            attempt.close();
        }
        if (!isConnected) {
            place.free();
        }
        hub.dials().remove(this);
        future.completeExceptionally(new DialFailedException(kind, detail, cause));
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (java.util.concurrent.RejectedExecutionException ended) {
            place.free();
            future.completeExceptionally(new DialFailedException(Kind.CLOSED, "the transport is closed", ended));
        }
    }
}
