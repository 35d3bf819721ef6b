package today.p2p.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import today.p2p.clusters.Speaker;

/** A flood in plain Netty: what is new goes to all other links. All of it on one event loop. */
final class RawFloodNode implements Speaker {
    private static final int REMEMBERED = 65_536;

    private final EventLoop loop;
    private final Taker taker;
    private final @Nullable MessageDigest digest;
    private final Verifier verifier;
    private final List<Channel> channels = new ArrayList<>();
    private final Set<ByteBuffer> seen = Collections.newSetFromMap(new Recent());
    private volatile int links;

    RawFloodNode(EventLoop loop, Subject subject, Taker taker) {
        this.loop = loop;
        this.taker = taker;
        digest = RawFrames.digest(subject);
        verifier = new Verifier(subject);
    }

    int listen() throws InterruptedException {
        return RawServer.listen(loop, this::made);
    }

    void dial(int port) throws InterruptedException {
        RawServer.dial(loop, port, this::made);
    }

    @Override
    public int links() {
        return links;
    }

    @Override
    public void broadcast(byte[] message) {
        loop.execute(() -> {
            ByteBuf frame = RawFrames.frame(ByteBufAllocator.DEFAULT, message, digest);
            byte[] key = new byte[keyLength()];
            frame.getBytes(RawFrames.HEADER, key);
            seen.add(ByteBuffer.wrap(key));
            send(frame, null);
            channels.forEach(Channel::flush);
            frame.release();
        });
    }

    /** The checksum; without one, the number in front of each message. */
    private int keyLength() {
        return digest == null ? Long.BYTES : RawFrames.SHA;
    }

    private void made(Channel channel) {
        channel.pipeline().addLast(RawFrames.decoder(), new Link());
    }

    private void send(ByteBuf frame, @Nullable Channel source) {
        for (Channel channel : channels) {
            if (channel != source) {
                channel.write(frame.retainedDuplicate(), channel.voidPromise());
            }
        }
    }

    private final class Link extends SimpleChannelInboundHandler<ByteBuf> {
        private boolean hasSent;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channels.add(context.channel());
            links = channels.size();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            int offset = verifier.read(frame);
            if (seen.add(ByteBuffer.wrap(Arrays.copyOf(verifier.body(), keyLength())))) {
                send(frame, context.channel());
                hasSent = true;
                taker.take(verifier.body(), offset);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (hasSent) {
                hasSent = false;
                channels.forEach(Channel::flush);
            }
        }
    }

    private static final class Recent extends LinkedHashMap<ByteBuffer, Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
