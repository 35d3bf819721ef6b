package today.p2p.transport.messages;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, in order, on whatever threads an executor has. Thread-safe. */
final class Turns {
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean isRunning;

    Turns(Executor executor) {
        this.executor = executor;
    }

    /** @return false when the executor takes nothing any more */
    boolean add(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            if (isRunning) {
                return true;
            }
            isRunning = true;
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RejectedExecutionException ended) {
            refused(task);
            return false;
        }
    }

    // Not running: the next one is tried again, and said to be refused as well.
    private void refused(Runnable task) {
        lock.lock();
        try {
            tasks.remove(task);
            isRunning = false;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Runnable task;
        while ((task = next()) != null) {
            task.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            isRunning = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }
}
