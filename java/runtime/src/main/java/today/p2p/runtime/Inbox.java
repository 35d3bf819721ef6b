package today.p2p.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Tasks of many threads for one: in the order in which each thread gave them, with one hand-over for a whole
 * burst. A task that throws is reported and the next one runs.
 */
final class Inbox {
    /** How many run before others on the same thread have their turn. */
    private static final int BURST = 256;

    private final Executor executor;
    private final Queue<BooleanSupplier> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final Faults faults;
    private volatile boolean isStuck;
    private volatile boolean isWanted;
    private volatile boolean isStopped;

    Inbox(Executor executor, Faults faults) {
        this.executor = executor;
        this.faults = faults;
    }

    /** Adds a task. */
    void add(Runnable task) {
        addUntilTrue(() -> {
            task.run();
            return true;
        });
    }

    /** Adds a task that stands in the way of the later ones until it says true; {@link #wake} tries again. */
    void addUntilTrue(BooleanSupplier task) {
        if (!isStopped) {
            tasks.add(task);
            if (!isStuck) {
                wake();
            }
        }
    }

    /** Takes no more, and forgets what has not begun. */
    void stop() {
        isStopped = true;
        tasks.clear();
    }

    /** Goes on, if there is something to do. */
    void wake() {
        isWanted = true;
        if (!tasks.isEmpty() && isScheduled.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    private void run() {
        isWanted = false;
        isStuck = false;
        for (int count = 0; count < BURST; count++) {
            BooleanSupplier task = tasks.peek();
            if (task == null) {
                break;
            }
            if (!isDone(task)) {
                isStuck = true;
                break;
            }
            tasks.poll();
        }
        isScheduled.set(false);
        // A wake of the meantime found this run scheduled, and did nothing.
        if (!isStuck || isWanted) {
            wake();
        }
    }

    private boolean isDone(BooleanSupplier task) {
        try {
            return task.getAsBoolean();
        } catch (Throwable fault) {
            // An error, too: were it to escape, this inbox would believe for ever that it is being emptied.
            faults.report("a defect of the runtime", fault);
            return true;
        }
    }
}
