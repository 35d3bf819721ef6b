package today.p2p.network;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import today.p2p.clusters.Speaker;

/** 200 broadcasts a second, or 5 of living nodes, by the nodes in turn: how long each delivery takes after its time to be sent. */
final class SlowFlood {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    /** Living nodes cannot keep up with more; how long what waits has become would be no figure of theirs. */
    private static final long EVERY_OF_LIVING = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int NOBODY = 0;

    private volatile Histogram latencies = histogram();

    private SlowFlood() {}

    static void run(Task task) throws InterruptedException {
        SlowFlood flood = new SlowFlood();
        List<Speaker> nodes = FloodNodes.start(task, flood::take);
        Thread sender = new Thread(() -> send(task, nodes), "sender");
        sender.setDaemon(true);
        sender.start();
        task.warmUp();
        flood.latencies = histogram();
        task.measure();
        Histogram measured = flood.latencies;
        flood.latencies = histogram();
        for (int percentile : new int[] {50, 99}) {
            Task.tell("p" + percentile, measured.getValueAtPercentile(percentile) / 1e3);
        }
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
    }

    private static void send(Task task, List<Speaker> nodes) {
        FloodMessage messages = new FloodMessage(task.bytes());
        long every = task.subject().living().isPresent() ? EVERY_OF_LIVING : EVERY;
        long due = System.nanoTime();
        for (int turn = 0; !Thread.currentThread().isInterrupted(); turn++) {
            due += every;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            nodes.get(turn % FloodNodes.COUNT).broadcast(messages.next(due, NOBODY));
        }
    }

    private void take(byte[] array, int offset) {
        latencies.recordValue(Math.max(0, System.nanoTime() - FloodMessage.sentAt(array, offset)));
    }
}
