package today.p2p.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a message costs until everyone is done with it: while too much is held, its link reads no more
 * (LNK-28). Safe for use by several threads.
 */
public final class Hold {
    private final AtomicInteger holders = new AtomicInteger(1);
    private final Runnable free;

    Hold(Runnable free) {
        this.free = free;
    }

    /**
     * Keeps the hold beyond the call in which it was given.
     *
     * @return ends it; only its first run counts
     */
    public Runnable keep() {
        holders.incrementAndGet();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        return () -> {
            if (isFirst.getAndSet(false)) {
                release();
            }
        };
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            free.run();
        }
    }
}
