package today.p2p.transport.messages;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Encryption;

/** What one node was built with. */
record Settings<M>(
        FrameCodec<M> codec,
        PeerHandler<M> handler,
        @Nullable Handshake handshake,
        Encryption encryption,
        Duration frameDeadline,
        long maxInboundBytes,
        int maxInboundMessages) {}
