package today.p2p.runtime;

/** A thread that runs what it is given, one after the other. */
interface Loop {
    /** Runs a task after those that were given before by the same thread; nothing happens when the loop has ended. */
    void execute(Runnable task);

    /** Runs a task in so many nanoseconds; the result takes it back. */
    Runnable after(long nanos, Runnable task);
}
