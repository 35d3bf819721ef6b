package today.p2p.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import today.p2p.MeshNetwork;
import today.p2p.ids.NodeId;

/** Messages in one direction. */
final class OneWay {
    /** Whispers without an answer that they have left: whoever sends much waits for the answers. */
    private static final int MOST_OPEN = 1024;

    private OneWay() {}

    static void receive(Task task) throws InterruptedException {
        Meter meter = new Meter();
        if (task.subject().isMesh()) {
            MeshNetwork network = Meshes.listening(task.subject())
                    .onMessage(message -> meter.count())
                    .start();
            Task.tellPort(Meshes.portOf(network));
        } else {
            Task.tellPort(RawServer.listen(
                    RawServer.loops(),
                    channel ->
                            channel.pipeline().addLast(RawFrames.decoder(), new RawReceiver(task.subject(), meter))));
        }
        meter.measure(task);
    }

    static void whisper(Task task) throws InterruptedException {
        MeshNetwork network = Meshes.builder(task.subject()).start();
        NodeId peer = network.connect("127.0.0.1", task.port()).join().id();
        Semaphore open = new Semaphore(MOST_OPEN);
        ByteBuffer payload = RawFrames.payload(task.bytes());
        for (long number = 0; number < Long.MAX_VALUE; number++) {
            open.acquire();
            payload.putLong(0, number);
            network.whisper(peer, payload).whenComplete((sent, failure) -> {
                if (failure != null) {
                    failure.printStackTrace();
                    Runtime.getRuntime().halt(1);
                }
                open.release();
            });
        }
    }

    /** Counts the messages of plain Netty. */
    private static final class RawReceiver extends SimpleChannelInboundHandler<ByteBuf> {
        private final Verifier verifier;
        private final Meter meter;

        RawReceiver(Subject subject, Meter meter) {
            verifier = new Verifier(subject);
            this.meter = meter;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            verifier.read(frame);
            meter.count();
        }
    }
}
