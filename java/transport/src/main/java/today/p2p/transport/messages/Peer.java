package today.p2p.transport.messages;

import java.net.InetSocketAddress;
import java.time.Duration;
import today.p2p.transport.Connection;

/**
 * The other end of one link of a node. Thread-safe.
 *
 * @param <M> the messages
 */
public interface Peer<M> {

    /**
     * What has happened on one link.
     *
     * @param messagesIn messages handed to the handler
     * @param messagesOut messages that were queued for the peer
     * @param bytesIn bytes received, those of the handshake and of frames included
     * @param bytesOut bytes that the socket took
     * @param queuedBytes bytes that wait for the socket
     * @param age since TCP, or TLS, was up
     */
    record Stats(long messagesIn, long messagesOut, long bytesIn, long bytesOut, long queuedBytes, Duration age) {}

    /** The number of its link; never given twice by one node. */
    long id();

    InetSocketAddress remoteAddress();

    Connection.Direction direction();

    /** The node that it is a peer of. */
    MessageNode<M> node();

    /**
     * Queues a message.
     *
     * @return whether it is queued; {@code QUEUED} does not say that the peer has it, only its own answer could
     * @throws IllegalArgumentException when the codec cannot encode it
     */
    Connection.WriteResult send(M message);

    /** Sends what is queued, then ends the link; no message is handed over any more. Idempotent. */
    void close();

    /** A snapshot. */
    Stats stats();
}
