package today.p2p.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import today.p2p.runtime.turns.Faults;

/**
 * Calls into code of the application: one after the other, in the order in which they were added, on an
 * executor and never on the thread that adds. A call that throws is reported, a call that blocks holds up
 * those behind it and nothing else. Safe for use by several threads.
 */
public final class Callbacks {
    /** How many run before others on the same executor have their turn. */
    private static final int BURST = 64;

    private final Executor executor;
    private final Faults faults;
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final AtomicBoolean isRefused = new AtomicBoolean();
    private volatile boolean isEnded;
    private volatile @Nullable Thread thread;

    Callbacks(Executor executor, Faults faults) {
        this.executor = executor;
        this.faults = faults;
    }

    /**
     * Adds a call.
     *
     * @param afterwards runs once, when the call has returned or thrown, or will not be made since the
     *     executor refuses it
     */
    public void add(Runnable call, Runnable afterwards) {
        if (isEnded) {
            afterwards.run();
        } else {
            entries.add(new Entry(call, afterwards));
            schedule();
        }
    }

    /** Adds the last call; those that are added later are not made. */
    public void end(Runnable call, Runnable afterwards) {
        add(call, afterwards);
        isEnded = true;
    }

    /** Whether the caller is one of these calls. */
    public boolean isCaller() {
        return thread == Thread.currentThread();
    }

    private void schedule() {
        if (!entries.isEmpty() && isScheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RuntimeException refused) {
                if (isRefused.compareAndSet(false, true)) {
                    faults.report("the callback executor takes no more", refused);
                }
                skip();
            }
        }
    }

    private void run() {
        thread = Thread.currentThread();
        try {
            Entry entry = entries.poll();
            for (int count = 1; entry != null; count++) {
                call(entry);
                entry = count < BURST ? entries.poll() : null;
            }
        } finally {
            thread = null;
            isScheduled.set(false);
        }
        schedule();
    }

    private void call(Entry entry) {
        try {
            entry.call.run();
        } catch (Throwable fault) {
            // Whatever it is: the next call is another matter.
            faults.report("a callback threw", fault);
        } finally {
            entry.afterwards.run();
        }
    }

    private void skip() {
        do {
            for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
                entry.afterwards.run();
            }
            isScheduled.set(false);
            // Whoever added one in the meantime found this scheduled, and went.
        } while (!entries.isEmpty() && isScheduled.compareAndSet(false, true));
    }

    private record Entry(Runnable call, Runnable afterwards) {}
}
