package today.p2p.network;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Writes while the socket takes it, one flush for many messages. */
final class RawSender extends ChannelInboundHandlerAdapter {
    private static final int BATCH = 64;

    private final @Nullable MessageDigest digest;
    private final ByteBuffer payload;
    private long number;

    private RawSender(Task task) {
        digest = RawFrames.digest(task.subject());
        payload = RawFrames.payload(task.bytes());
    }

    static void start(Task task) throws InterruptedException {
        RawServer.dial(
                RawServer.loops(), task.port(), channel -> channel.pipeline().addLast(new RawSender(task)));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        write(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.channel().eventLoop().execute(() -> write(context));
        }
    }

    private void write(ChannelHandlerContext context) {
        while (context.channel().isWritable()) {
            for (int i = 0; i < BATCH && context.channel().isWritable(); i++) {
                payload.putLong(0, number++);
                context.write(RawFrames.frame(context.alloc(), payload.array(), digest), context.voidPromise());
            }
            context.flush();
        }
    }
}
