package today.p2p.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs code of the application: on an executor of its choice, or on one that is ours to end. */
final class CallbackExecutor implements Executor {
    /** Threads where the JVM has no virtual ones; a callback that blocks occupies one. */
    private static final int THREADS = 16;

    private static final long IDLE_SECONDS = 60;

    private final Executor executor;
    private final @Nullable ExecutorService own;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong pending = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();

    private CallbackExecutor(Executor executor, @Nullable ExecutorService own) {
        this.executor = executor;
        this.own = own;
    }

    /** The application's, or one that {@link #stop} ends. */
    static CallbackExecutor of(Optional<Executor> chosen) {
        if (chosen.isPresent()) {
            return new CallbackExecutor(chosen.get(), null);
        }
        ExecutorService own = virtual().orElseGet(CallbackExecutor::pool);
        return new CallbackExecutor(own, own);
    }

    @Override
    public void execute(Runnable task) {
        pending.incrementAndGet();
        try {
            executor.execute(() -> run(task));
        } catch (RuntimeException refused) {
            finished();
            throw refused;
        }
    }

    private void run(Runnable task) {
        running.add(Thread.currentThread());
        try {
            task.run();
        } finally {
            running.remove(Thread.currentThread());
            finished();
        }
    }

    private void finished() {
        if (pending.decrementAndGet() == 0) {
            lock.lock();
            try {
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether the calling thread is running one of these tasks. */
    boolean isCaller() {
        return running.contains(Thread.currentThread());
    }

    /** Waits for the tasks, ends the threads that are ours, and interrupts what has not ended in time. */
    void stop(Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lock();
        try {
            while (pending.get() > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        if (own != null) {
            own.shutdownNow();
        }
    }

    /** A virtual thread for each task, where the JVM has them (21 and newer). */
    private static Optional<ExecutorService> virtual() {
        try {
            MethodType returnsExecutor = MethodType.methodType(ExecutorService.class);
            return Optional.of((ExecutorService) MethodHandles.publicLookup()
                    .findStatic(Executors.class, "newVirtualThreadPerTaskExecutor", returnsExecutor)
                    .invoke());
        } catch (Throwable absent) {
            return Optional.empty();
        }
    }

    private static ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "p2p-callback-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
