package today.p2p.network;

import java.util.List;
import java.util.Objects;
import today.p2p.MeshNetwork;
import today.p2p.kernel.Limit;

/** Mesh Networks that no limit of theirs slows down. */
final class Meshes {
    static final String SUBNET = "bench";
    private static final int ALL = 1_000_000_000;
    private static final int LINKS = 100_000;

    private Meshes() {}

    static MeshNetwork.Builder builder(Subject subject) {
        MeshNetwork.Builder builder = MeshNetwork.builder()
                .subnet(SUBNET)
                .maxOutgoing(0)
                .limit(Limit.MAX_MESSAGE_RATE, ALL)
                .limit(Limit.MAX_MESSAGE_BURST, ALL)
                .limit(Limit.MAX_RELAY_RATE, ALL)
                .limit(Limit.MAX_LINKS, LINKS)
                .limit(Limit.MAX_LINKS_PER_ADDRESS, LINKS)
                .limit(Limit.MAX_HANDSHAKES, LINKS);
        return subject == Subject.MESH ? builder.codecs(List.of()) : builder;
    }

    static MeshNetwork.Builder listening(Subject subject) {
        return builder(subject).listen("127.0.0.1", 0);
    }

    static int portOf(MeshNetwork network) {
        return Objects.requireNonNull(network.address()).port();
    }
}
