package today.p2p.transport.netty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import today.p2p.transport.CloseReport;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;

/** How a transport ends: ports, dials, connections, threads, in this order. */
final class Shutdown {
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final DisconnectReason REASON =
            DisconnectReason.of(Kind.TRANSPORT_CLOSED, "the transport is closed");

    private final Hub hub;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private final CompletableFuture<CloseReport> done = new CompletableFuture<>();

    Shutdown(Hub hub) {
        this.hub = hub;
    }

    CompletableFuture<CloseReport> begin(Duration drain) {
        if (isBegun.compareAndSet(false, true)) {
            hub.closing();
            List.copyOf(hub.listeners()).forEach(NettyListener::close);
            List.copyOf(hub.dials()).forEach(Dial::cancel);
            List<NettyConnection> open = List.copyOf(hub.open());
            open.forEach(connection -> connection.close(REASON));
            long deadline = System.nanoTime() + NettyLoop.nanos(drain);
            NettyLoop loop = hub.loops().next();
            loop.execute(() -> await(loop, open.size(), deadline, false));
        }
        return done;
    }

    private void await(NettyLoop loop, int connections, long deadline, boolean isAborted) {
        if (hub.open().isEmpty()) {
            end(connections);
            return;
        }
        boolean isLate = System.nanoTime() - deadline >= 0;
        if (isLate && !isAborted) {
            hub.open().forEach(connection -> connection.abort(REASON));
        }
        loop.schedule(() -> await(loop, connections, deadline, isLate), CHECK_NANOS);
    }

    private void end(int connections) {
        hub.endThreads();
        CloseReport report = new CloseReport(connections, List.copyOf(hub.unsent()));
        hub.loops()
                .group()
                .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .addListener(ended -> done.completeAsync(() -> report));
    }
}
