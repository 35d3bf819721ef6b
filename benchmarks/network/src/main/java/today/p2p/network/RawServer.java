package today.p2p.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Sockets of plain Netty. */
final class RawServer {
    private static final String HOST = "127.0.0.1";
    private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(1 << 18, 1 << 20);

    private RawServer() {}

    /** As many event loops as processors. */
    static EventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
    }

    /** The port. */
    static int listen(EventLoopGroup loops, Consumer<Channel> made) throws InterruptedException {
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ROOM)
                .childHandler(initializer(made))
                .bind(HOST, 0)
                .sync()
                .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    static void dial(EventLoopGroup loops, int port, Consumer<Channel> made) throws InterruptedException {
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ROOM)
                .handler(initializer(made))
                .connect(HOST, port)
                .sync();
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> made) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                made.accept(channel);
            }
        };
    }
}
