package today.p2p.transport.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import today.p2p.transport.CloseReport;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.TransportStats;

/** What the parts of one transport share. Thread-safe. */
final class Hub {
    /** What a name means; blocks. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final int WORKERS = 4;

    private final TransportConfig config;
    private final Names names;
    private final Loops loops;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor resolvers;
    private final Tls tls;
    private final Admission admission;
    private final QueueBudget budget;
    private final Counters counters = new Counters();
    private final Log log;
    private final AtomicLong ids = new AtomicLong();
    private final Set<NettyConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<NettyListener> listeners = ConcurrentHashMap.newKeySet();
    private final Set<Dial> dials = ConcurrentHashMap.newKeySet();
    private final Queue<CloseReport.Unsent> unsent = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosing;

    Hub(TransportConfig config, Names names) {
        this.config = config;
        this.names = names;
        loops = new Loops(config);
        workers = threads("p2p-" + config.name() + "-worker-");
        // Apart from each other: a server of names that does not answer must not hold TLS up.
        resolvers = threads("p2p-" + config.name() + "-resolver-");
        tls = new Tls(workers);
        admission = new Admission(config);
        budget = new QueueBudget(config);
        log = new Log(config.name());
    }

    // For what blocks or takes long: names, signatures. The threads end when there is nothing to do.
    private static ThreadPoolExecutor threads(String prefix) {
        AtomicInteger made = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(WORKERS, WORKERS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, prefix + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    TransportConfig config() {
        return config;
    }

    Loops loops() {
        return loops;
    }

    Names names() {
        return names;
    }

    /** Where names are resolved. */
    Executor resolvers() {
        return resolvers;
    }

    /** Ends the threads beside the event loops. */
    void endThreads() {
        workers.shutdownNow();
        resolvers.shutdownNow();
    }

    Tls tls() {
        return tls;
    }

    Admission admission() {
        return admission;
    }

    QueueBudget budget() {
        return budget;
    }

    Counters counters() {
        return counters;
    }

    Log log() {
        return log;
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    Set<NettyListener> listeners() {
        return listeners;
    }

    Set<Dial> dials() {
        return dials;
    }

    Collection<NettyConnection> open() {
        return open;
    }

    Queue<CloseReport.Unsent> unsent() {
        return unsent;
    }

    boolean isClosing() {
        return isClosing;
    }

    void closing() {
        isClosing = true;
    }

    void opened(NettyConnection connection) {
        open.add(connection);
        // Whoever closes the transport sees the connection in the map, or we see that it is closing.
        if (isClosing) {
            connection.abort(DisconnectReason.of(Kind.TRANSPORT_CLOSED, "the transport is closed"));
        }
    }

    void ended(NettyConnection connection, DisconnectReason reason, long unsentBytes) {
        counters.closed(reason);
        if (isClosing && unsentBytes > 0) {
            unsent.add(new CloseReport.Unsent(connection.id(), connection.remoteAddress(), unsentBytes));
        }
        open.remove(connection);
    }

    TransportStats stats() {
        long queued = 0;
        for (NettyConnection connection : open) {
            queued += connection.queuedBytes();
        }
        return counters.snapshot(open.size(), admission.pending(), queued);
    }
}
