package today.p2p.transport.messages;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DisconnectReason;

/** The bytes of one link until its handshake is done. What lies in {@code inbound} belongs to the event loop. */
final class HandshakeBytes implements Handshake.Channel {
    private static final int MOST = 65536;

    private final Connection connection;
    private final Inbound inbound;
    private final Executor executor;
    private final AtomicReference<@Nullable Read> asked = new AtomicReference<>();
    private volatile @Nullable DisconnectReason end;

    private record Read(int count, CompletableFuture<byte[]> result) {}

    HandshakeBytes(Connection connection, Inbound inbound, Executor executor) {
        this.connection = connection;
        this.inbound = inbound;
        this.executor = executor;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public CompletableFuture<byte[]> read(int count) {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("count must be 0 to " + MOST);
        }
        Read read = new Read(count, new CompletableFuture<>());
        if (!asked.compareAndSet(null, read)) {
            throw new IllegalStateException("one read at a time");
        }
        // Either we see the end here, or the end sees the read.
        if (end == null) {
            connection.execute(this::satisfy);
        } else {
            end(end);
        }
        return read.result();
    }

    @Override
    public Connection.WriteResult write(ByteBuffer... pieces) {
        return connection.write(List.of(pieces));
    }

    void received(ByteBuffer chunk) {
        inbound.keep(inbound.with(chunk));
        // Enough for the largest read: the rest stays in the socket until the handshake is done.
        if (inbound.size() >= MOST) {
            connection.pause();
        }
        satisfy();
    }

    void end(DisconnectReason reason) {
        end = reason;
        Read read = asked.getAndSet(null);
        if (read != null) {
            DialFailedException thrown =
                    new DialFailedException(DialFailedException.Kind.DISCONNECTED, reason.toString(), null);
            executor.execute(() -> read.result().completeExceptionally(thrown));
        }
    }

    private void satisfy() {
        Read read = asked.get();
        if (read == null) {
            return;
        }
        if (inbound.size() < read.count()) {
            connection.resume();
            return;
        }
        byte[] bytes = new byte[read.count()];
        ByteBuffer kept = inbound.kept();
        kept.get(bytes);
        inbound.keep(kept);
        asked.set(null);
        executor.execute(() -> read.result().complete(bytes));
    }
}
