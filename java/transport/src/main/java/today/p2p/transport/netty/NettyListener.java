package today.p2p.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection.Direction;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.TransportStats;
import today.p2p.transport.netty.Admission.Place;

/** One open port. */
final class NettyListener implements Listener {
    private final Hub hub;
    private final Encryption encryption;
    private final Supplier<? extends ConnectionHandler> handlers;
    private final Channel channel;

    NettyListener(
            Hub hub, InetSocketAddress address, Encryption encryption, Supplier<? extends ConnectionHandler> handlers)
            throws IOException {
        this.hub = hub;
        this.encryption = encryption;
        this.handlers = handlers;
        String failed = "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": ";
        if (address.isUnresolved()) {
            throw new IOException(failed + "there is no such host");
        }
        var bound = new ServerBootstrap()
                .group(hub.loops().group())
                .channelFactory(hub.loops().server())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, hub.config().noDelay())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, hub.loops().readSizes())
                .handler(new AcceptErrors())
                .childHandler(new Incoming())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(failed + bound.cause().getMessage(), bound.cause());
        }
        channel = bound.channel();
        hub.listeners().add(this);
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        hub.listeners().remove(this);
        var closed = channel.close();
        if (!hub.loops().isCurrent()) {
            closed.awaitUninterruptibly();
        }
    }

    private final class AcceptErrors extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            hub.counters().acceptErrors.increment();
            // Netty's acceptor waits a second before it accepts again.
            context.fireExceptionCaught(cause);
        }
    }

    /** Decides about one accepted socket before any of its bytes is read. */
    private final class Incoming extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel accepted) {
            // No address: the peer has gone already.
            if (!(accepted.remoteAddress() instanceof InetSocketAddress remote)) {
                accepted.close();
                return;
            }
            if (!hub.config().admits().test(remote.getAddress())) {
                hub.counters().refused(TransportStats.Limit.NOT_ADMITTED);
                accepted.close();
                return;
            }
            Admission.Entry entry = hub.admission().enter(Direction.INCOMING);
            TransportStats.@Nullable Limit refusedBy = entry.refusedBy();
            Place place = entry.place();
            if (place != null) {
                refusedBy = place.sit(remote.getAddress()).orElse(null);
                if (refusedBy == null) {
                    install(accepted, place);
                    return;
                }
                place.free();
            }
            if (refusedBy != null) {
                hub.counters().refused(refusedBy);
            }
            accepted.close();
        }

        private void install(Channel accepted, Place place) {
            try {
                Pipe.install(accepted, hub, new Accepted(place, handlers.get()), encryption);
            } catch (SSLException | RuntimeException | Error thrown) {
                hub.log().threw(thrown);
                place.free();
                accepted.close();
            }
        }
    }

    private record Accepted(Place place, ConnectionHandler handler) implements Opening {
        @Override
        public Direction direction() {
            return Direction.INCOMING;
        }
    }
}
