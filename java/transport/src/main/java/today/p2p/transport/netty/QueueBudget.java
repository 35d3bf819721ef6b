package today.p2p.transport.netty;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.TransportConfig;

/**
 * What may wait for the sockets. Half of the total is granted evenly to the connections that there may be, so
 * that those who do not read cannot starve the others; the rest is for whoever comes.
 */
final class QueueBudget {
    private static final long ENDED = -1;

    private final long maxLink;
    private final long granted;
    private final long maxShared;
    private final AtomicLong shared = new AtomicLong();

    QueueBudget(TransportConfig config) {
        maxLink = config.maxLinkQueuedBytes();
        granted = config.maxQueuedBytes() / 2 / config.maxConnections();
        maxShared = config.maxQueuedBytes() - granted * config.maxConnections();
    }

    /** The part of one connection. Thread-safe. */
    final class Share {
        private static final AtomicLongFieldUpdater<Share> QUEUED =
                AtomicLongFieldUpdater.newUpdater(Share.class, "queued");

        private volatile long queued;

        WriteResult reserve(long bytes) {
            while (true) {
                long before = queued;
                if (before == ENDED) {
                    return WriteResult.CLOSED;
                }
                long after = before + bytes;
                if (after > maxLink) {
                    return WriteResult.LINK_QUEUE_FULL;
                }
                long extra = beyondGrant(after) - beyondGrant(before);
                if (!take(extra)) {
                    return WriteResult.TOTAL_QUEUE_FULL;
                }
                if (QUEUED.compareAndSet(this, before, after)) {
                    return WriteResult.QUEUED;
                }
                shared.addAndGet(-extra);
            }
        }

        void release(long bytes) {
            while (true) {
                long before = queued;
                if (before == ENDED) {
                    return;
                }
                if (QUEUED.compareAndSet(this, before, before - bytes)) {
                    shared.addAndGet(beyondGrant(before - bytes) - beyondGrant(before));
                    return;
                }
            }
        }

        /** Ends it for good; how many bytes were still queued, 0 at a second call. */
        long end() {
            long before = QUEUED.getAndSet(this, ENDED);
            if (before == ENDED) {
                return 0;
            }
            shared.addAndGet(-beyondGrant(before));
            return before;
        }

        long queued() {
            return Math.max(0, queued);
        }
    }

    Share share() {
        return new Share();
    }

    private boolean take(long bytes) {
        while (true) {
            long before = shared.get();
            if (bytes > 0 && before + bytes > maxShared) {
                return false;
            }
            if (shared.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    private long beyondGrant(long queued) {
        return Math.max(0, queued - granted);
    }
}
