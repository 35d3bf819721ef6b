package today.p2p.network;

import java.util.concurrent.atomic.LongAdder;

/** Counts what arrives. */
final class Meter {
    private final LongAdder count = new LongAdder();

    void count() {
        count.increment();
    }

    void count(int more) {
        count.add(more);
    }

    /** Waits for the first one, lets the work go on for the warm-up, and then tells the rate. */
    void measure(Task task) throws InterruptedException {
        while (count.sum() == 0) {
            Thread.sleep(1);
        }
        task.warmUp();
        long before = count.sum();
        long began = System.nanoTime();
        task.measure();
        long after = count.sum();
        Task.tell("rate", (after - before) * 1e9 / (System.nanoTime() - began));
    }
}
