package today.p2p.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.TransportConfig.Io;

/** The event loops of one transport, and how they talk to the system. */
final class Loops {
    /** Which channels go with which loop. */
    private record Kind(
            IoHandlerFactory io,
            ChannelFactory<? extends Channel> client,
            ChannelFactory<? extends ServerChannel> server) {}

    /** For how long tasks keep a loop from its sockets, but for some dozens of them: Netty would let them for a second. */
    private static final long TURN_MILLIS = 1;

    private final Kind kind;
    private final MultiThreadIoEventLoopGroup group;
    private final RecvByteBufAllocator readSizes = new LeanChannels.ReadSizes();
    private final Map<EventExecutor, NettyLoop> loops = new IdentityHashMap<>();

    Loops(TransportConfig config) {
        if (!isAvailable(config.io())) {
            throw new UnsupportedOperationException(config.io() + " is not available here");
        }
        kind = kind(config.io());
        // Daemons: a program that forgets to close its transport can still end.
        DefaultThreadFactory threads = new DefaultThreadFactory("p2p-" + config.name() + "-io", true) {
            private int made;

            @Override
            public synchronized Thread newThread(Runnable task) {
                Thread thread = super.newThread(task);
                thread.setName("p2p-" + config.name() + "-io-" + ++made);
                return thread;
            }
        };
        group = new MultiThreadIoEventLoopGroup(config.threads(), threads, kind.io()) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory io, Object... none) {
                return new SingleThreadIoEventLoop(
                        this, executor, io, Integer.MAX_VALUE, RejectedExecutionHandlers.reject(), TURN_MILLIS);
            }
        };
        for (EventExecutor executor : group) {
            loops.put(executor, new NettyLoop((io.netty.channel.EventLoop) executor));
        }
    }

    /** How much the connections of each loop read at once. */
    RecvByteBufAllocator readSizes() {
        return readSizes;
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    ChannelFactory<? extends Channel> client() {
        return kind.client();
    }

    ChannelFactory<? extends ServerChannel> server() {
        return kind.server();
    }

    NettyLoop next() {
        return of(group.next());
    }

    NettyLoop of(EventExecutor executor) {
        NettyLoop loop = loops.get(executor);
        if (loop == null) {
            throw new IllegalArgumentException("a loop of another transport");
        }
        return loop;
    }

    boolean isCurrent() {
        return loops.values().stream().anyMatch(NettyLoop::isCurrent);
    }

    static boolean isAvailable(Io io) {
        try {
            return switch (io) {
                case NIO -> true;
                case EPOLL -> EpollKind.isAvailable();
                case IO_URING -> UringKind.isAvailable();
            };
        } catch (LinkageError missing) {
            return false;
        }
    }

    private static Kind kind(Io io) {
        return switch (io) {
            case NIO -> new Kind(NioIoHandler.newFactory(), LeanChannels.Client::new, LeanChannels.Server::new);
            case EPOLL -> EpollKind.kind();
            case IO_URING -> UringKind.kind();
        };
    }

    // A class of its own for each, so that one is loaded only when it is asked for: their jars are optional.
    private static final class EpollKind {
        static boolean isAvailable() {
            return Epoll.isAvailable();
        }

        static Kind kind() {
            return new Kind(EpollIoHandler.newFactory(), EpollSocketChannel::new, EpollServerSocketChannel::new);
        }
    }

    private static final class UringKind {
        static boolean isAvailable() {
            return IoUring.isAvailable();
        }

        static Kind kind() {
            return new Kind(IoUringIoHandler.newFactory(), IoUringSocketChannel::new, IoUringServerSocketChannel::new);
        }
    }
}
