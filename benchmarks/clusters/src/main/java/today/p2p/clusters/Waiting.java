package today.p2p.clusters;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for calls that wait. */
final class Waiting {
    private static final int THREADS = 16;

    private Waiting() {}

    static ExecutorService threads() {
        return Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "waiting");
            thread.setDaemon(true);
            return thread;
        });
    }
}
