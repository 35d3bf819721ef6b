package today.p2p.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import today.p2p.MeshNetwork;

/**
 * Who is dialled. A Mesh Network says its handshake at once and a list of peers after the other's; plain Netty
 * says as much, of the same size, at the same times.
 *
 * @param links how many there are
 */
record Greeted(int port, IntSupplier links) {
    private static final int GREETING_BYTES = 300;
    private static final int ANSWER_BYTES = 100;

    static Greeted start(Task task) throws InterruptedException {
        if (task.subject().isMesh()) {
            MeshNetwork network = Meshes.listening(task.subject()).start();
            return new Greeted(Meshes.portOf(network), () -> network.status().links());
        }
        AtomicInteger links = new AtomicInteger();
        int port = RawServer.listen(
                RawServer.loops(),
                channel -> channel.pipeline().addLast(RawFrames.decoder(), new Host(task.subject(), links)));
        return new Greeted(port, links::get);
    }

    private static final class Host extends SimpleChannelInboundHandler<ByteBuf> {
        private final AtomicInteger links;
        private final @Nullable MessageDigest digest;
        private final Verifier verifier;

        Host(Subject subject, AtomicInteger links) {
            this.links = links;
            digest = RawFrames.digest(subject);
            verifier = new Verifier(subject);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            links.incrementAndGet();
            say(context, GREETING_BYTES);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            links.decrementAndGet();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            verifier.read(frame);
            say(context, ANSWER_BYTES);
        }

        private void say(ChannelHandlerContext context, int bytes) {
            byte[] message = RawFrames.payload(bytes).array();
            context.writeAndFlush(RawFrames.frame(context.alloc(), message, digest), context.voidPromise());
        }
    }
}
