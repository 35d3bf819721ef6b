package today.p2p.transport.messages;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts who is busy, and lets one wait until nobody is. */
final class Quiet {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int busy;

    void enter() {
        change(1);
    }

    void leave() {
        change(-1);
    }

    /** Waits until nobody is busy, or the deadline on the clock of {@link System#nanoTime} has come. */
    void await(long deadline) {
        lock.lock();
        try {
            long left;
            while (busy > 0 && (left = deadline - System.nanoTime()) > 0) {
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void change(int by) {
        lock.lock();
        try {
            busy += by;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
