package today.p2p.transport.messages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/**
 * A low-level node: it listens, dials, and exchanges messages of one codec with its peers. Thread-safe. Limits of
 * links and queues, and most deadlines, are those of its {@link Transport}, which it owns and closes.
 *
 * @param <M> the messages
 */
public final class MessageNode<M> implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Transport transport;
    private final Settings<M> settings;
    private final Links<M> links;

    private MessageNode(Transport transport, Settings<M> settings, Callbacks callbacks) {
        this.transport = transport;
        this.settings = settings;
        links = new Links<>(this, settings, callbacks);
    }

    /** A builder with the defaults. */
    public static <M> Builder<M> builder(FrameCodec<M> codec, PeerHandler<M> handler) {
        return new Builder<>(Objects.requireNonNull(codec), Objects.requireNonNull(handler));
    }

    /**
     * Accepts peers from now on, see {@link Transport#listen}.
     *
     * @throws IOException when the address cannot be bound
     */
    public Listener listen(InetSocketAddress address) throws IOException {
        return transport.listen(address, settings.encryption(), () -> links.accepted());
    }

    /** {@link #connect(String, int, DialOptions)} with the encryption of this node, and the rest by default. */
    public CompletableFuture<Peer<M>> connect(String host, int port) {
        return connect(host, port, DialOptions.of(settings.encryption()));
    }

    /**
     * Dials a peer, see {@link Transport#dial}.
     *
     * @return completed on the callback executor, when the handshake is done and {@link PeerHandler#connected}
     *     has returned; or failed with {@link DialFailedException}. Cancelling it ends the attempt
     */
    public CompletableFuture<Peer<M>> connect(String host, int port, DialOptions options) {
        CompletableFuture<Peer<M>> result = new CompletableFuture<>();
        PeerLink<M> link = links.dialled(result);
        CompletableFuture<?> dialling = transport.dial(host, port, link, options);
        dialling.whenComplete((connection, thrown) -> {
            if (thrown != null) {
                links.later(() -> result.completeExceptionally(thrown));
            }
        });
        result.whenComplete((peer, thrown) -> {
            if (result.isCancelled()) {
                dialling.cancel(true);
                link.cancel();
            }
        });
        return result;
    }

    /** The peers whose handshake is done, in the order of their ids; a snapshot. */
    public List<Peer<M>> peers() {
        return new ArrayList<>(links.open());
    }

    /** Sends a message to all peers: {@link #broadcast(Object, Predicate)}. */
    public Map<Peer<M>, WriteResult> broadcast(M message) {
        return broadcast(message, peer -> true);
    }

    /**
     * Sends a message to peers; it is encoded once, and its bytes are shared by all links.
     *
     * @return what became of it for each peer that was asked for
     * @throws IllegalArgumentException when the codec cannot encode it; it went to nobody then
     */
    public Map<Peer<M>, WriteResult> broadcast(M message, Predicate<? super Peer<M>> to) {
        List<ByteBuffer> bytes = settings.codec().encode(message);
        Map<Peer<M>, WriteResult> results = new LinkedHashMap<>();
        for (LinkPeer<M> peer : links.open()) {
            if (to.test(peer)) {
                results.put(peer, peer.write(bytes));
            }
        }
        return results;
    }

    /** What has happened so far. */
    public NodeStats stats() {
        return links.stats(transport.stats());
    }

    /**
     * Ends the node and its transport, see {@link Transport#shutdown}. Handlers get what had come before, and
     * {@link PeerHandler#disconnected}, while there is time; who is still in a callback after {@code drain} is
     * interrupted, if the threads are the node's own. May be called anywhere, handlers included.
     *
     * @param drain how long peers may take to read, and handlers to return
     * @return completed when everything has ended
     */
    public CompletableFuture<NodeReport> shutdown(Duration drain) {
        return links.end(transport, Objects.requireNonNull(drain)).copy();
    }

    /** {@link #shutdown} within 5 seconds; waits for it, unless called in a handler. */
    @Override
    public void close() {
        CompletableFuture<NodeReport> done = shutdown(DRAIN);
        if (!links.isInCallback()) {
            done.join();
        }
    }

    /**
     * Collects options; {@link #open} checks them all at once. Not thread-safe.
     *
     * @param <M> the messages
     */
    public static final class Builder<M> {
        private final FrameCodec<M> codec;
        private final PeerHandler<M> handler;
        private @Nullable Handshake handshake;
        private @Nullable Executor executor;
        private Encryption encryption = Encryption.PLAINTEXT;
        private Duration frameDeadline = Duration.ofSeconds(10);
        private long maxInboundBytes = 1 << 20;
        private int maxInboundMessages = 64;

        private Builder(FrameCodec<M> codec, PeerHandler<M> handler) {
            this.codec = codec;
            this.handler = handler;
        }

        /** What peers say before they count as connected. Default: nothing. */
        public Builder<M> handshake(Handshake value) {
            handshake = Objects.requireNonNull(value);
            return this;
        }

        /** Of the listeners, and of dials that do not say otherwise. Default: plain TCP. */
        public Builder<M> encryption(Encryption value) {
            encryption = Objects.requireNonNull(value);
            return this;
        }

        /** Within which a message that has begun has to be there whole, above zero. Default 10 s. */
        public Builder<M> frameDeadline(Duration value) {
            frameDeadline = Objects.requireNonNull(value);
            return this;
        }

        /** Bytes of messages of one link that wait for the handler, before it is not read from. Default 1 MiB. */
        public Builder<M> maxInboundBytes(long value) {
            maxInboundBytes = value;
            return this;
        }

        /** Messages of one link that wait for the handler, before it is not read from. Default 64. */
        public Builder<M> maxInboundMessages(int value) {
            maxInboundMessages = value;
            return this;
        }

        /** Where callbacks run. Default: threads of the node, virtual ones when this Java has them. */
        public Builder<M> executor(Executor value) {
            executor = Objects.requireNonNull(value);
            return this;
        }

        /**
         * The node, which owns the transport from now on.
         *
         * @throws IllegalArgumentException naming every option that is out of its range
         */
        public MessageNode<M> open(Transport transport) {
            List<String> bad = new ArrayList<>();
            if (frameDeadline.isNegative() || frameDeadline.isZero()) {
                bad.add("frameDeadline must be above zero");
            }
            if (maxInboundBytes < 1) {
                bad.add("maxInboundBytes must be 1 or more");
            }
            if (maxInboundMessages < 1) {
                bad.add("maxInboundMessages must be 1 or more");
            }
            if (!bad.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", bad));
            }
            Callbacks callbacks =
                    executor == null ? Callbacks.standard(transport.config().name()) : Callbacks.of(executor);
            return new MessageNode<>(
                    transport,
                    new Settings<>(
                            codec, handler, handshake, encryption, frameDeadline, maxInboundBytes, maxInboundMessages),
                    callbacks);
        }
    }
}
