package today.p2p.transport.messages;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the user's callbacks: virtual ones when this Java has them, else as many as are busy. */
final class Callbacks {
    private final Executor executor;
    private final boolean isOurs;

    private Callbacks(Executor executor, boolean isOurs) {
        this.executor = executor;
        this.isOurs = isOurs;
    }

    static Callbacks of(Executor executor) {
        return new Callbacks(executor, false);
    }

    static Callbacks standard(String name) {
        try {
            var make = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return new Callbacks((ExecutorService) make.invokeExact(), true);
        } catch (Throwable olderJava) {
            return new Callbacks(pool(name), true);
        }
    }

    // At most one thread for each link, since a link's callbacks are serial; links are limited.
    private static ExecutorService pool(String name) {
        AtomicInteger made = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "p2p-" + name + "-callback-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    Executor executor() {
        return executor;
    }

    /** Ends the threads that are ours, and interrupts who is still in a callback. */
    void end() {
        if (isOurs) {
            ((ExecutorService) executor).shutdownNow();
        }
    }
}
