package today.p2p.transport.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import today.p2p.transport.Connection;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DisconnectReason;

/** Notes what happens to one connection. */
class Recorder implements ConnectionHandler {
    static final long PATIENCE_SECONDS = 60;

    final CompletableFuture<Connection> connected = new CompletableFuture<>();
    final CompletableFuture<DisconnectReason> disconnected = new CompletableFuture<>();
    final List<String> order = new CopyOnWriteArrayList<>();
    final AtomicLong written = new AtomicLong();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    public void connected(Connection connection) {
        order.add("connected");
        connected.complete(connection);
    }

    @Override
    public void received(Connection connection, ByteBuffer bytes) {
        order.add("received");
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        synchronized (received) {
            received.writeBytes(copy);
        }
    }

    @Override
    public void written(Connection connection, long bytes) {
        written.addAndGet(bytes);
    }

    @Override
    public void disconnected(Connection connection, DisconnectReason reason) {
        order.add("disconnected");
        disconnected.complete(reason);
    }

    byte[] bytes() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    Connection connection() throws Exception {
        return connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    DisconnectReason.Kind end() throws Exception {
        return disconnected.get(PATIENCE_SECONDS, TimeUnit.SECONDS).kind();
    }
}
