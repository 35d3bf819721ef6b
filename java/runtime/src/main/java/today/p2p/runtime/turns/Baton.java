package today.p2p.runtime.turns;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks one at a time, in the order in which they were given, and each sees what those before it did: on its home
 * thread, or, where that is asked for and nothing is under way, on the thread that asks. That spares a message that comes
 * alone two hand-overs between threads. Nobody waits: whoever finds it taken leaves the task to the home thread.
 */
public final class Baton implements Executor {
    /** How many tasks in a row run elsewhere: then the home thread has its turn, and whoever asks goes on with its own work. */
    static final int MOST_AWAY = 16;

    private final Executor home;
    private final Runnable atHome = this::runAtHome;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isTaken = new AtomicBoolean();
    /** Of whoever has it. */
    private int away;

    /** @param home of one thread */
    public Baton(Executor home) {
        this.home = home;
    }

    /** Runs a task on the home thread. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        callHome();
    }

    /** Runs a task before this returns, if nothing is under way; else on the home thread. */
    public void executeHere(Runnable task) {
        tasks.add(task);
        // Else whoever has it finds the task when it is done with its own.
        if (isTaken.compareAndSet(false, true)) {
            if (away < MOST_AWAY) {
                away++;
                runNext();
            } else {
                home.execute(atHome);
            }
        }
    }

    private void callHome() {
        if (!tasks.isEmpty() && isTaken.compareAndSet(false, true)) {
            home.execute(atHome);
        }
    }

    private void runAtHome() {
        away = 0;
        runNext();
    }

    private void runNext() {
        try {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        } finally {
            isTaken.set(false);
            callHome();
        }
    }
}
