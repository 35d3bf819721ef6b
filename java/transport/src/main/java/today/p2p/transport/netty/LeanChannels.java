package today.p2p.transport.netty;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.SocketUtils;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Channels that are idle most of the time: what Netty keeps for each, and they can share, they share. */
final class LeanChannels {
    private static final AtomicLong LAST = new AtomicLong();

    private LeanChannels() {}

    static final class Client extends NioSocketChannel {
        Client() {}

        Client(Channel parent, SocketChannel socket) {
            super(parent, socket);
        }

        @Override
        protected ChannelId newId() {
            return new Number(LAST.incrementAndGet());
        }
    }

    static final class Server extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> accepted) throws IOException {
            SocketChannel socket = SocketUtils.accept(javaChannel());
            if (socket == null) {
                return 0;
            }
            try {
                accepted.add(new Client(this, socket));
                return 1;
            } catch (RuntimeException | Error failed) {
                socket.close();
                throw failed;
            }
        }
    }

    /** Netty's own is unlike all others in the world, and takes a hundred bytes for it. */
    private record Number(long value) implements ChannelId {
        @Override
        public String asShortText() {
            return Long.toString(value);
        }

        @Override
        public String asLongText() {
            return asShortText();
        }

        @Override
        public int compareTo(ChannelId other) {
            return other instanceof Number that
                    ? Long.compare(value, that.value)
                    : asLongText().compareTo(other.asLongText());
        }
    }

    /**
     * How much is read at once: one guess for all connections of a loop, which reads one after the other, in place of
     * one for each.
     */
    @SuppressWarnings("deprecation") // Handle is what Netty asks for; the one made here is an ExtendedHandle
    static final class ReadSizes implements RecvByteBufAllocator {
        private final FastThreadLocal<Handle> handles = new FastThreadLocal<>() {
            @Override
            protected Handle initialValue() {
                return new AdaptiveRecvByteBufAllocator().newHandle();
            }
        };

        @Override
        public Handle newHandle() {
            return handles.get();
        }
    }
}
