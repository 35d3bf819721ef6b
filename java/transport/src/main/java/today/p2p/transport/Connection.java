package today.p2p.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * One connection to one peer. All methods may be called from any thread, at any time, also after its end, when
 * they do nothing.
 */
public interface Connection {

    /** Who opened it. */
    enum Direction {
        /** The peer dialled. */
        INCOMING,
        /** This side dialled. */
        OUTGOING
    }

    /** What became of a write at the moment of the call. */
    enum WriteResult {
        /** It is queued whole; {@link ConnectionHandler#written} tells when the socket takes it. */
        QUEUED,
        /** Refused whole: this connection's queue would be above its limit. */
        LINK_QUEUE_FULL,
        /** Refused whole: the queues of all connections together would be above their limit. */
        TOTAL_QUEUE_FULL,
        /** Refused: the connection is closed or closing. */
        CLOSED
    }

    /**
     * What has happened on one connection.
     *
     * @param bytesIn bytes handed to {@link ConnectionHandler#received}
     * @param bytesOut bytes that the socket has taken
     * @param queuedBytes bytes that wait for the socket
     * @param age since it was connected
     */
    record Stats(long bytesIn, long bytesOut, long queuedBytes, Duration age) {}

    /** Its number: never given twice by one {@link Transport}, rising, from 1. */
    long id();

    Direction direction();

    /** The peer's address as the socket has it: resolved, numeric. */
    InetSocketAddress remoteAddress();

    /** This side's address of the connection: resolved, numeric. */
    InetSocketAddress localAddress();

    /** The event loop on which its callbacks run. */
    EventLoop loop();

    /**
     * Queues bytes as one write. All pieces go to the socket together, so a peer that reads into a large enough
     * buffer never sees one without the next because of us. Writes leave in the order of the calls of one
     * thread; those of one turn of the event loop leave together, without an explicit flush.
     *
     * <p>The bytes between position and limit of each piece are taken and the buffers themselves are left as
     * they are. They are not copied at once: do not change their content before they are written. One buffer may
     * be written to many connections at the same time.
     *
     * <p>A write above a limit is refused whole and changes nothing: whether to drop it, to wait for {@link
     * ConnectionHandler#written} or to close is the caller's choice. Every connection is granted its share of
     * half of the total (see {@link TransportConfig.Builder#maxQueuedBytes}), so peers that do not read cannot
     * take the last byte of the others.
     */
    WriteResult write(List<ByteBuffer> pieces);

    /** As {@link #write(List)} with one piece. */
    default WriteResult write(ByteBuffer piece) {
        return write(List.of(piece));
    }

    /** As {@link #write(List)} with one piece. */
    default WriteResult write(byte[] piece) {
        return write(ByteBuffer.wrap(piece));
    }

    /** Bytes that wait for the socket. */
    long queuedBytes();

    /**
     * Stops reading from the socket. Called on the event loop, no {@link ConnectionHandler#received} follows
     * before {@link #resume}; called elsewhere, one that is under way may end. While reading is paused the end
     * of the peer is not noticed unless a write fails.
     */
    void pause();

    /** Reads on. */
    void resume();

    /**
     * Runs a task on the connection's event loop, between callbacks; a task that would come after {@link
     * ConnectionHandler#disconnected} is dropped. A throw closes this connection as one of a callback does.
     */
    void execute(Runnable task);

    /** As {@link #execute}, after a delay. */
    EventLoop.Timer schedule(Runnable task, Duration delay);

    /**
     * Ends the handshake of the user's own, see {@link ConnectionHandler#awaitsReady}; nothing happens without
     * one.
     */
    void ready();

    /**
     * Writes what is queued, then closes. From now on nothing is received and no write is accepted. What is not
     * written within the write deadline is given up, see {@link TransportConfig.Builder#writeDeadline}. The
     * first reason of several counts.
     */
    void close(DisconnectReason reason);

    /** Closes at once and drops what is queued. */
    void abort(DisconnectReason reason);

    /** {@link #close(DisconnectReason)} because this side wants it. */
    default void close() {
        close(DisconnectReason.of(DisconnectReason.Kind.LOCAL, "closed by this side"));
    }

    /** Whether bytes may still be written. */
    boolean isOpen();

    /** A snapshot; the numbers are read one after the other. */
    Stats stats();
}
