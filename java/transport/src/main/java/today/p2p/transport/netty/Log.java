package today.p2p.transport.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import today.p2p.transport.Transport;

/** What is logged. A peer may be able to make a callback throw at will, so that is told once a minute. */
final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Log(String name) {
        this.name = name;
    }

    void threw(Throwable thrown) {
        long last = toldAt.get();
        long now = System.nanoTime();
        if (now - last >= QUIET_NANOS && toldAt.compareAndSet(last, now)) {
            LOG.warn("{}: a callback threw; the next ones within a minute are logged as debug", name, thrown);
        } else {
            LOG.debug("{}: a callback threw", name, thrown);
        }
    }
}
