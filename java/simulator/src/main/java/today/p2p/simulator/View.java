package today.p2p.simulator;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import today.p2p.mesh.Peer;

/** What can be seen of a simulation from outside. Asking changes nothing, but for {@link #traceHash}. */
public final class View {
    private final World world;

    View(World world) {
        this.world = world;
    }

    /** The virtual time, in nanoseconds from the start. */
    public long now() {
        return world.schedule().now();
    }

    /** How many nodes there are, running or not. */
    public int nodes() {
        return world.hosts().size();
    }

    /** Whether a node runs. */
    public boolean isUp(int node) {
        return world.host(node).isUp();
    }

    /** Whether a node has another one as a peer. */
    public boolean isPeer(int node, int other) {
        return world.host(node).isPeer(world.host(other).id());
    }

    /** The numbers of the nodes that are peers of one. */
    public List<Integer> peers(int node) {
        return world.host(node).life().stream()
                .flatMap(life -> life.node().peers().stream())
                .flatMap(peer -> world.numberOf(peer.info().id()).stream())
                .sorted()
                .toList();
    }

    /** How many of a node's peers it has dialled. */
    public int outgoing(int node) {
        return (int) world.host(node).life().stream()
                .flatMap(life -> life.node().peers().stream())
                .filter(Peer::isOutgoing)
                .count();
    }

    /** How many links a node has, those without a handshake included. */
    public int links(int node) {
        return world.host(node).life().map(life -> life.node().links()).orElse(0);
    }

    /** How many connections there are between two nodes. */
    public int connections(int one, int other) {
        return world.network().between(world.host(one), world.host(other)).size();
    }

    /** Whether all running nodes reach each other over peers. */
    public boolean isConnected() {
        BitSet running = new BitSet();
        world.hosts().stream().filter(Host::isUp).forEach(host -> running.set(host.number()));
        BitSet reached = new BitSet();
        Deque<Integer> next = new ArrayDeque<>();
        if (!running.isEmpty()) {
            next.add(running.nextSetBit(0));
        }
        while (!next.isEmpty()) {
            int node = next.remove();
            if (!reached.get(node) && running.get(node)) {
                reached.set(node);
                next.addAll(peers(node));
            }
        }
        return reached.equals(running);
    }

    /** How often a message with this text was delivered at a node, in all its lives. */
    public int delivered(int node, String text) {
        return world.host(node).application().delivered(text);
    }

    /** How a call of a node ended: the name of its outcome, or its error code; empty while it has not. */
    public Optional<String> outcome(int node, long call) {
        return world.host(node).application().outcome(call);
    }

    /** How the newest of the calls of a node that have ended did end. */
    public Optional<String> lastOutcome(int node) {
        return world.host(node).application().lastOutcome();
    }

    /** How many messages all broadcasts together have cost. */
    public int messages() {
        return world.broadcasts().sends();
    }

    /** The most messages that any one broadcast has cost. */
    public int mostMessages() {
        return world.broadcasts().mostSends();
    }

    /** How many open links between honest nodes were lost to a broken rule, a limit, or a break of the network. */
    public int honestLinksLost() {
        return world.links().honestLost();
    }

    /** A hash of the whole trace. It ends the trace: ask once, at the end. */
    public String traceHash() {
        return world.trace().hash();
    }
}
