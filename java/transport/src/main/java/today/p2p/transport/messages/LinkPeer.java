package today.p2p.transport.messages;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import today.p2p.transport.Connection;
import today.p2p.transport.Connection.WriteResult;

/** One peer as the user holds it. */
final class LinkPeer<M> implements Peer<M> {
    private final Links<M> links;
    private final Connection connection;
    private final AtomicLong messagesIn = new AtomicLong();
    private final AtomicLong messagesOut = new AtomicLong();
    private volatile boolean isStopped;

    LinkPeer(Links<M> links, Connection connection) {
        this.links = links;
        this.connection = connection;
    }

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public Connection.Direction direction() {
        return connection.direction();
    }

    @Override
    public MessageNode<M> node() {
        return links.node();
    }

    @Override
    public WriteResult send(M message) {
        return write(links.settings().codec().encode(message));
    }

    @Override
    public void close() {
        isStopped = true;
        connection.close();
    }

    @Override
    public Stats stats() {
        Connection.Stats below = connection.stats();
        return new Stats(
                messagesIn.get(),
                messagesOut.get(),
                below.bytesIn(),
                below.bytesOut(),
                below.queuedBytes(),
                below.age());
    }

    @Override
    public String toString() {
        return "peer on " + connection;
    }

    WriteResult write(List<ByteBuffer> frame) {
        WriteResult result = connection.write(frame);
        if (result == WriteResult.QUEUED) {
            messagesOut.incrementAndGet();
            links.sent();
        }
        return result;
    }

    /** No message is handed over any more. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    void received() {
        messagesIn.incrementAndGet();
        links.received();
    }
}
