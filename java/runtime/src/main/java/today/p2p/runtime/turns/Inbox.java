package today.p2p.runtime.turns;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of many threads for one: in the order in which each thread gave them, with one hand-over for a whole
 * burst. A task that throws is reported and the next one runs.
 */
public final class Inbox implements Runnable {
    /** How many run before others on the same thread have their turn. */
    private static final int BURST = 256;

    /** For how many nanoseconds others there wait at most, and for the task that is under way then. */
    private static final long TURN = 500_000;

    // Each link has an inbox, in which there is almost never anything: what it has of its own is its fields.
    private static final AtomicReferenceFieldUpdater<Inbox, @Nullable Task> STUCK =
            AtomicReferenceFieldUpdater.newUpdater(Inbox.class, Task.class, "stuck");
    private static final AtomicIntegerFieldUpdater<Inbox> SCHEDULED =
            AtomicIntegerFieldUpdater.newUpdater(Inbox.class, "isScheduled");

    private final Executor executor;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final Faults faults;
    private volatile @Nullable Task stuck;
    private volatile int isScheduled;
    private volatile boolean isWanted;
    private volatile boolean isStopped;

    public Inbox(Executor executor, Faults faults) {
        this.executor = executor;
        this.faults = faults;
    }

    /** Adds a task. */
    public void add(Runnable task) {
        addUntilTrue(() -> {
            task.run();
            return true;
        });
    }

    /** Adds a task that stands in the way of the later ones until it says true; {@link #wake} tries again. */
    public void addUntilTrue(Task task) {
        addAsleep(task);
        if (!isStopped && !isStuck()) {
            wake();
        }
    }

    /** Adds such a task that has time: it is done before the next one that is added otherwise, or after {@link #wake}. */
    public void addAsleep(Task task) {
        tasks.add(task);
        if (isStopped) {
            drop();
        }
    }

    /** Whether a task stands in the way of the others. */
    boolean isStuck() {
        return stuck != null;
    }

    /** Takes no more, and drops what is not done. */
    public void stop() {
        isStopped = true;
        drop();
    }

    private void drop() {
        for (Task task = take(); task != null; task = take()) {
            task.dropped();
        }
    }

    /** Goes on, if there is something to do. */
    public void wake() {
        wakeBy(executor);
    }

    /** The same, with this run by another executor than the next ones. */
    void wakeBy(Executor other) {
        isWanted = true;
        if ((isStuck() || !tasks.isEmpty()) && SCHEDULED.compareAndSet(this, 0, 1)) {
            other.execute(this);
        }
    }

    /** Of the executor alone. */
    @Override
    public void run() {
        isWanted = false;
        long began = System.nanoTime();
        for (int count = 0; count < BURST && (count == 0 || System.nanoTime() - began < TURN); count++) {
            Task task = take();
            if (task == null) {
                break;
            }
            if (!isDone(task)) {
                stuck = task;
                break;
            }
        }
        isScheduled = 0;
        if (isStopped) {
            drop();
        } else if (stuck == null || isWanted) {
            // A wake of the meantime found this run scheduled, and did nothing.
            wake();
        }
    }

    private @Nullable Task take() {
        // There is almost never one, and looking is cheap.
        Task first = stuck == null ? null : STUCK.getAndSet(this, null);
        return first == null ? tasks.poll() : first;
    }

    /** Whether all that was added is done; then a task that the executor's own thread does at once keeps the order. */
    public boolean isEmpty() {
        return stuck == null && tasks.isEmpty();
    }

    private boolean isDone(Task task) {
        try {
            return task.isDone();
        } catch (Throwable fault) {
            // An error, too: were it to escape, this inbox would believe for ever that it is being emptied.
            faults.report("a defect of the runtime", fault);
            return true;
        }
    }

    /** Something to do. */
    @FunctionalInterface
    public interface Task {
        /** Does it, if that is possible yet; whether it was. */
        boolean isDone();

        /** It will not be asked again: the inbox was stopped. */
        default void dropped() {}
    }
}
