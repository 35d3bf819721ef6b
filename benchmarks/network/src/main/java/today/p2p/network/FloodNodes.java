package today.p2p.network;

import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import today.p2p.MeshNetwork;
import today.p2p.clusters.Speaker;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;

/** Makes the nodes of a flood. */
final class FloodNodes {
    static final int COUNT = 8;

    private FloodNodes() {}

    /** Linked, each to each. */
    static List<Speaker> start(Task task, Speaker.Taker taker) throws InterruptedException {
        Subject subject = task.subject();
        if (subject.isOther()) {
            // They know when they are ready.
            return Together.start(task, COUNT, 1, taker);
        }
        List<Speaker> nodes = subject.isMesh() ? meshes(subject, taker) : raw(subject, taker);
        for (Speaker node : nodes) {
            while (node.links() < COUNT - 1) {
                Thread.sleep(1);
            }
        }
        return nodes;
    }

    private static List<Speaker> raw(Subject subject, Speaker.Taker taker) throws InterruptedException {
        EventLoopGroup loops = RawServer.loops();
        List<Integer> ports = new ArrayList<>();
        List<Speaker> nodes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            RawFloodNode node = new RawFloodNode(loops.next(), subject, taker);
            ports.add(node.listen());
            for (int port : ports.subList(0, i)) {
                node.dial(port);
            }
            nodes.add(node);
        }
        return nodes;
    }

    private static List<Speaker> meshes(Subject subject, Speaker.Taker taker) {
        List<MeshNetwork> networks = new ArrayList<>();
        List<Speaker> nodes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            MeshNetwork network = Meshes.listening(subject)
                    .onMessage(message -> {
                        Bytes bytes = ((Value.Binary) message.values().get(0)).bytes();
                        taker.take(bytes.toArray(), 0);
                    })
                    .start();
            networks.forEach(
                    other -> network.connect("127.0.0.1", Meshes.portOf(other)).join());
            networks.add(network);
            nodes.add(new MeshFloodNode(network));
        }
        return nodes;
    }

    private record MeshFloodNode(MeshNetwork network) implements Speaker {
        @Override
        public void broadcast(byte[] message) {
            network.broadcast((Object) message);
        }

        @Override
        public int links() {
            return network.peers().size();
        }
    }
}
