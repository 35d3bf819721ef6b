package today.p2p.rigs;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import today.p2p.cli.P2pProcess;

/** The node that is tried: a process {@code p2p node} with a heap of its own. */
final class Victim implements AutoCloseable {
    private final P2pProcess process;
    private final InetSocketAddress address;

    /** Starts it, and waits until it listens. */
    Victim(String heap, String... options) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("node", "--subnet", Peerage.SUBNET));
        words.addAll(List.of(options));
        process = P2pProcess.start("the node", List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"), words);
        address = new InetSocketAddress(
                "127.0.0.1", process.await("listening").path("port").asInt());
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the node says of itself, one JSON object. */
    String status() throws InterruptedException {
        return process.ask("status", "status").toString();
    }

    /** What it takes of the machine. */
    Footprint footprint() {
        return new Footprint(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
