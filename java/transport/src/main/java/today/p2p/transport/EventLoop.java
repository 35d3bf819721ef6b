package today.p2p.transport;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread that runs tasks one after the other: the home of connections, or of whatever needs one thread. A
 * task must not block. A task that throws is logged, and the next one runs.
 */
public interface EventLoop extends Executor {

    /** A task that will run once. */
    interface Timer {
        /** Whether it was still to come and now is not. */
        boolean cancel();
    }

    /**
     * Runs a task after the callbacks and tasks that are due before it.
     *
     * @throws java.util.concurrent.RejectedExecutionException after the transport has ended
     */
    @Override
    void execute(Runnable task);

    /**
     * Runs a task after a delay; one that is not above zero means as soon as possible.
     *
     * @throws java.util.concurrent.RejectedExecutionException after the transport has ended
     */
    Timer schedule(Runnable task, Duration delay);

    /** Whether the calling thread is this one. */
    boolean isCurrent();
}
