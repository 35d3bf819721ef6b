package today.p2p.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Encryption;

/** The last of Netty's handlers: what Netty tells, told to the lifecycle. */
final class Pipe extends ChannelInboundHandlerAdapter {
    private final Hub hub;
    private final Opening opening;
    private final Encryption encryption;
    private @Nullable Lifecycle life;

    private Pipe(Hub hub, Opening opening, Encryption encryption) {
        this.hub = hub;
        this.opening = opening;
        this.encryption = encryption;
    }

    static void install(Channel channel, Hub hub, Opening opening, Encryption encryption) throws SSLException {
        if (encryption == Encryption.TLS_UNVERIFIED) {
            channel.pipeline().addLast(hub.tls().handler(opening.direction(), channel.alloc()));
        }
        channel.pipeline().addLast(new Pipe(hub, opening, encryption));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (life != null
                || !(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)
                || !opening.admits(local, remote)) {
            context.close();
            return;
        }
        life = new Lifecycle(hub, opening, channel);
        life.begin(encryption);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (life == null) {
            opening.place().free();
        } else {
            life.inactive();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (life == null) {
            bytes.release();
        } else {
            life.intake().take(bytes);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (life == null) {
            return;
        }
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                life.up();
            } else {
                life.failed(done.cause());
            }
        } else if (event instanceof SslCloseCompletionEvent done && done.isSuccess()) {
            life.intake().after(life.ending()::remoteEnded);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (life == null) {
            context.close();
        } else {
            life.failed(cause);
        }
    }
}
