package today.p2p.rigs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import today.p2p.ChordTable;
import today.p2p.chord.Ring;
import today.p2p.chord.RingId;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Limit;

/** The nodes of one ring, all in this process, linked over TCP. They find each other by what peers tell. */
final class ChordTown implements AutoCloseable {
    /** Neighbours on each side that a node has to see before the ring counts as settled: those that hold its copies. */
    private static final int NEAREST = 3;

    /** Keys that a key list takes: to announce one is a broadcast, some 4,000 frames in a ring of 64, and no part of this. */
    static final int ANNOUNCED = 64;

    private final List<ChordTable<String>> alive = new CopyOnWriteArrayList<>();
    private final Random random;
    private final int outgoing;

    ChordTown(Random random, int outgoing) {
        this.random = random;
        this.outgoing = outgoing;
    }

    /** A new node that has joined, and knows one other, by chance. */
    void add() {
        ChordTable<String> table = ChordTable.builder()
                .listen("127.0.0.1", 0)
                .maxOutgoing(outgoing)
                .limit(Limit.MAX_LINKS_PER_ADDRESS, 1024)
                .limit(Limit.MAX_KEYS, ANNOUNCED)
                .random(new Random(random.nextLong()))
                .start();
        if (!alive.isEmpty()) {
            int port = any(random).network().address().port();
            table.network().connect("127.0.0.1", port).join();
        }
        table.join().join();
        alive.add(table);
    }

    /** Ends nodes without a word, as a crash would: their sockets close, and that is all. */
    void kill(int count) {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            ChordTable<String> victim = any(random);
            alive.remove(victim);
            ends.add(victim.network().closeAsync());
        }
        ends.forEach(CompletableFuture::join);
    }

    ChordTable<String> any(Random chance) {
        while (true) {
            List<ChordTable<String>> now = List.copyOf(alive);
            if (!now.isEmpty()) {
                return now.get(chance.nextInt(now.size()));
            }
        }
    }

    /** Waits until each node sees its true neighbours and nobody who is gone; how long that took, in seconds. */
    double settle(int patienceSeconds) throws InterruptedException {
        long began = System.nanoTime();
        while (unsettled() > 0 && System.nanoTime() - began < patienceSeconds * 1_000_000_000L) {
            Thread.sleep(100);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** How many nodes do not see all that they should. */
    int unsettled() {
        TreeMap<BigInteger, NodeId> truth = new TreeMap<>();
        for (ChordTable<String> table : alive) {
            NodeId id = table.network().id();
            truth.put(RingId.of(id).value(), id);
        }
        List<NodeId> order = List.copyOf(truth.values());
        int unsettled = 0;
        for (ChordTable<String> table : alive) {
            Set<NodeId> seen = table.ring().seats().stream().map(Ring.Seat::id).collect(Collectors.toSet());
            int own = order.indexOf(table.network().id());
            boolean isSettled = Set.copyOf(order).containsAll(seen);
            for (int step = -NEAREST; step <= NEAREST; step++) {
                isSettled &= seen.contains(order.get(Math.floorMod(own + step, order.size())));
            }
            unsettled += isSettled ? 0 : 1;
        }
        return unsettled;
    }

    long links() {
        return alive.stream().mapToLong(table -> table.network().peers().size()).sum() / 2;
    }

    @Override
    public void close() {
        alive.stream().map(table -> table.network().closeAsync()).toList().forEach(CompletableFuture::join);
    }
}
