package today.p2p.network;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Several that open a link, shake hands and close it, again and again. */
final class Greeters {
    private static final int THREADS = 8;
    private static final int EACH = 64;

    private Greeters() {}

    static void run(Task task) throws InterruptedException {
        Meter meter = new Meter();
        for (int i = 0; i < THREADS; i++) {
            int first = i * EACH;
            Thread thread = new Thread(() -> greet(first, task.port(), meter), "greeter-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        meter.measure(task);
    }

    private static void greet(int first, int port, Meter meter) {
        Greeter[] greeters = new Greeter[EACH];
        for (int i = 0; i < EACH; i++) {
            greeters[i] = new Greeter(first + i);
        }
        try {
            for (int turn = 0; !Thread.currentThread().isInterrupted(); turn++) {
                greeters[turn % EACH].open(port).close();
                meter.count();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("a link that did not shake hands", failed);
        }
    }
}
