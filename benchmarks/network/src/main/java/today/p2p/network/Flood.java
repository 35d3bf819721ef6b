package today.p2p.network;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import today.p2p.clusters.Speaker;

/**
 * Broadcasts as fast as they arrive: each node has a number of slots, and a slot sends again when all others
 * have what it sent before. So no subject runs ahead of its sockets, and all are asked for the same.
 */
final class Flood {
    private static final int SLOTS = 32 * FloodNodes.COUNT;
    /** Living nodes lose their links when more comes at a time. */
    private static final int SLOTS_OF_LIVING = FloodNodes.COUNT;

    private final AtomicIntegerArray awaited = new AtomicIntegerArray(SLOTS);
    private final BlockingQueue<Integer> free = new LinkedBlockingQueue<>();
    private final Meter meter = new Meter();

    private Flood() {}

    static void run(Task task) throws InterruptedException {
        Flood flood = new Flood();
        List<Speaker> nodes = FloodNodes.start(task, flood::take);
        Thread sender = new Thread(() -> flood.send(task, nodes), "sender");
        sender.setDaemon(true);
        sender.start();
        flood.meter.measure(task);
    }

    private void send(Task task, List<Speaker> nodes) {
        int slots = task.subject().living().isPresent() ? SLOTS_OF_LIVING : SLOTS;
        FloodMessage messages = new FloodMessage(task.bytes());
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
        try {
            while (true) {
                int slot = free.take();
                awaited.set(slot, FloodNodes.COUNT - 1);
                nodes.get(slot % FloodNodes.COUNT).broadcast(messages.next(System.nanoTime(), slot));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(byte[] array, int offset) {
        meter.count();
        int slot = FloodMessage.slot(array, offset);
        if (awaited.decrementAndGet(slot) == 0) {
            free.add(slot);
        }
    }
}
