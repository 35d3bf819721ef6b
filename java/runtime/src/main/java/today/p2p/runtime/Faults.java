package today.p2p.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** Where exceptions go that nobody else can take: those of callbacks, and defects. */
final class Faults {
    private static final System.Logger LOG = System.getLogger("today.p2p");

    private final AtomicLong count = new AtomicLong();

    void report(String what, Throwable fault) {
        count.incrementAndGet();
        LOG.log(System.Logger.Level.WARNING, what, fault);
    }

    /** Something was not done in the time that it had. */
    void late() {
        count.incrementAndGet();
        LOG.log(System.Logger.Level.INFO, "closing: what took longer than the drain deadline is cut off");
    }

    long count() {
        return count.get();
    }
}
