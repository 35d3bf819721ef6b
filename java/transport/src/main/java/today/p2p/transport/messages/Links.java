package today.p2p.transport.messages;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import today.p2p.transport.CloseReport;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportStats;

/** All links of one node, and what they share. Thread-safe. */
final class Links<M> {
    private static final Logger LOG = LoggerFactory.getLogger(MessageNode.class);

    private final MessageNode<M> node;
    private final Settings<M> settings;
    private final Callbacks callbacks;
    private final Map<Long, LinkPeer<M>> open = new ConcurrentSkipListMap<>();
    private final ThreadLocal<Boolean> inCallback = ThreadLocal.withInitial(() -> false);
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    // Messages that have come and were not handed over yet.
    private final AtomicLong waiting = new AtomicLong();
    private final Quiet quiet = new Quiet();
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private final CompletableFuture<NodeReport> ended = new CompletableFuture<>();

    Links(MessageNode<M> node, Settings<M> settings, Callbacks callbacks) {
        this.node = node;
        this.settings = settings;
        this.callbacks = callbacks;
    }

    MessageNode<M> node() {
        return node;
    }

    Settings<M> settings() {
        return settings;
    }

    PeerLink<M> accepted() {
        return new PeerLink<>(this, null);
    }

    PeerLink<M> dialled(CompletableFuture<Peer<M>> result) {
        return new PeerLink<>(this, result);
    }

    Turns turns() {
        return new Turns(callbacks.executor());
    }

    /** Runs a task of no link on the callback executor. */
    void later(Runnable task) {
        try {
            callbacks.executor().execute(() -> call(task));
        } catch (RejectedExecutionException ended) {
            task.run();
        }
    }

    /** Runs a callback of the user; what it throws is returned. */
    @Nullable
    Throwable call(Runnable callback) {
        boolean isNested = inCallback.get();
        inCallback.set(true);
        try {
            callback.run();
            return null;
        } catch (Throwable thrown) {
            LOG.debug("a callback threw", thrown);
            return thrown;
        } finally {
            if (!isNested) {
                inCallback.remove();
            }
        }
    }

    boolean isInCallback() {
        return inCallback.get();
    }

    Collection<LinkPeer<M>> open() {
        return open.values();
    }

    void opened(LinkPeer<M> peer) {
        quiet.enter();
        open.put(peer.id(), peer);
    }

    void closed(LinkPeer<M> peer) {
        open.remove(peer.id());
    }

    /** The last hook of a link has returned. */
    void finished() {
        quiet.leave();
    }

    AtomicLong waiting() {
        return waiting;
    }

    void received() {
        messagesIn.increment();
    }

    void sent() {
        messagesOut.increment();
    }

    NodeStats stats(TransportStats transport) {
        return new NodeStats(open.size(), messagesIn.sum(), messagesOut.sum(), transport);
    }

    CompletableFuture<NodeReport> end(Transport transport, Duration drain) {
        if (isEnding.compareAndSet(false, true)) {
            long deadline = System.nanoTime() + Math.min(Long.MAX_VALUE / 4, drain.toNanos());
            transport.shutdown(drain).whenComplete((report, thrown) -> {
                // Not a callback thread: those may all be busy, and will be ended.
                Thread closer = new Thread(
                        () -> awaitHooks(report, deadline),
                        "p2p-" + transport.config().name() + "-close");
                closer.setDaemon(true);
                closer.start();
            });
        }
        return ended;
    }

    private void awaitHooks(CloseReport report, long deadline) {
        quiet.await(deadline);
        long undelivered = waiting.get();
        callbacks.end();
        ended.complete(new NodeReport(report.connections(), report.unsent(), undelivered));
    }
}
