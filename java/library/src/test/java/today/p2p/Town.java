package today.p2p;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import today.p2p.kernel.Timer;

/** Networks of one test, on loopback; all that each has heard. */
final class Town implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);

    private final List<MeshNetwork> networks = new ArrayList<>();
    private final Map<MeshNetwork, List<Message>> heard = new ConcurrentHashMap<>();

    MeshNetwork add() {
        return add(builder -> builder);
    }

    MeshNetwork add(UnaryOperator<MeshNetwork.Builder> options) {
        List<Message> messages = new CopyOnWriteArrayList<>();
        MeshNetwork.Builder builder = MeshNetwork.builder()
                .listen("127.0.0.1", 0)
                .onMessage(messages::add)
                // A busy machine is no failure.
                .timer(Timer.HANDSHAKE_DEADLINE, SOON);
        MeshNetwork network = options.apply(builder).start();
        heard.put(network, messages);
        networks.add(network);
        return network;
    }

    /** Networks in a row, each linked to the next and, unless they look for more, to nobody else. */
    List<MeshNetwork> line(int count) {
        for (int index = 0; index < count; index++) {
            MeshNetwork next = add(builder -> builder.maxOutgoing(0));
            if (index > 0) {
                link(networks.get(index - 1), next);
            }
        }
        return networks;
    }

    static void link(MeshNetwork from, MeshNetwork to) {
        from.connect("127.0.0.1", to.address().port()).join();
        await().atMost(SOON)
                .until(() -> to.peers().stream().anyMatch(peer -> peer.id().equals(from.id())));
    }

    List<Message> heard(MeshNetwork network) {
        return Objects.requireNonNull(heard.get(network));
    }

    List<String> texts(MeshNetwork network) {
        return heard(network).stream().map(Message::text).toList();
    }

    @Override
    public void close() {
        networks.forEach(MeshNetwork::close);
    }
}
