package today.p2p.transport.messages;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import today.p2p.transport.Connection;

/**
 * What two peers say to each other before either counts as connected. It runs on the callback executor and may
 * block there. The node's handshake deadline ends it in any case.
 */
@FunctionalInterface
public interface Handshake {

    /** The bytes of one link before its first message. Thread-safe. */
    interface Channel {
        /** Who it is with. Its write and close methods are not to be used here. */
        Connection connection();

        /**
         * The next bytes; fails when the link ends first. One read at a time. What is chained to it runs on the
         * callback executor.
         *
         * @param count exactly so many, 0 to 65536
         */
        CompletableFuture<byte[]> read(int count);

        /** Sends bytes, all pieces in one write. */
        Connection.WriteResult write(ByteBuffer... pieces);
    }

    /**
     * Exchanges bytes.
     *
     * @return completed: the peer is accepted, and what it sent beyond is its first messages; failed, or thrown:
     *     it is refused, and the link ends with {@code HANDSHAKE_FAILED} and that cause
     */
    CompletionStage<?> perform(Channel channel) throws Exception;
}
