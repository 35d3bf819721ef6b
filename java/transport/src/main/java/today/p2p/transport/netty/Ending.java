package today.p2p.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.EventLoop;

/**
 * How one connection ends; of the event loop alone.
 *
 * <p>In order: what is queued is written, TLS says close_notify, our half of TCP is shut, and what still comes is
 * read and dropped until the peer has shut its half too. A socket that is closed with unread bytes sends a reset
 * instead, which may destroy what the peer has not read yet.
 */
final class Ending {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Lifecycle life;
    private final Channel channel;
    private final Outbound outbound;
    private @Nullable DisconnectReason reason;
    private boolean isFinishing;
    private EventLoop.@Nullable Timer lateTimer;
    private EventLoop.@Nullable Timer lingerTimer;

    Ending(Lifecycle life, Channel channel, Outbound outbound) {
        this.life = life;
        this.channel = channel;
        this.outbound = outbound;
    }

    /** The first reason that was given; null while there is none. */
    @Nullable
    DisconnectReason reason() {
        return reason;
    }

    void close(DisconnectReason why) {
        if (reason != null) {
            return;
        }
        reason = why;
        outbound.seal();
        life.intake().discard();
        if (!life.isUp() || !channel.isActive()) {
            closeNow();
            return;
        }
        lateTimer = life.later(this::closeNow, outbound.writeNanos());
        outbound.drain();
        drained();
    }

    void abort(DisconnectReason why) {
        if (reason == null) {
            reason = why;
        }
        outbound.seal();
        life.intake().discard();
        closeNow();
    }

    /** The peer took nothing for too long: what the system holds for it is dropped as well. */
    void reset(DisconnectReason why) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        abort(why);
    }

    /** Everything is written. */
    void drained() {
        if (reason == null || isFinishing || !outbound.isEmpty()) {
            return;
        }
        isFinishing = true;
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutOutput();
        } else {
            tls.closeOutbound().addListener(done -> shutOutput());
        }
        lingerTimer = life.later(this::closeNow, LINGER_NANOS);
    }

    /** It has ended: a timer that was left would keep it in memory until it is due. */
    void ended() {
        cancel(lateTimer);
        cancel(lingerTimer);
    }

    private static void cancel(EventLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** The peer has said that it will send no more. */
    void remoteEnded() {
        if (isFinishing) {
            closeNow();
        } else {
            close(DisconnectReason.of(DisconnectReason.Kind.REMOTE, "closed by the peer"));
        }
    }

    private void shutOutput() {
        ((DuplexChannel) channel).shutdownOutput().addListener(done -> {
            if (!done.isSuccess()) {
                closeNow();
            }
        });
    }

    // Past the TLS handler, which would wait for a close_notify to be written that may never be.
    private void closeNow() {
        if (!channel.isActive()) {
            // The peer has gone already, and its end waited for a paused reader.
            life.onLoop(life::ended);
            return;
        }
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        if (tls == null) {
            channel.close();
        } else {
            tls.close();
        }
    }
}
