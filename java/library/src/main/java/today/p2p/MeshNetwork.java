package today.p2p;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Outcome;
import today.p2p.kernel.Self;
import today.p2p.kernel.Table;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.runtime.NodeRuntime;
import today.p2p.runtime.NodeStatus;
import today.p2p.runtime.RuntimeOptions;
import today.p2p.serializer.Opcode;

/**
 * A node of a network in which every broadcast reaches every node once.
 *
 * <pre>{@code
 * try (var net = MeshNetwork.builder().listen("127.0.0.1", 0).start()) {
 *     net.onMessage(message -> System.out.println(message.sender() + ": " + message.text()));
 *     net.connect("127.0.0.1", 4444).join();
 *     net.broadcast("hello").join();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Callbacks of one network run one after the other, in the order of what happened, on the
 * callback executor and never on a thread of the network; they may block. Futures are completed on the same
 * executor but in no order with callbacks, so a callback may wait for one.
 *
 * <p><b>When callbacks are slow.</b> What they have not handled is bounded (LNK-28). At the bound the network
 * stops reading, first from the link that fills it, then from all: peers are slowed down by their own transport,
 * nothing is dropped, and a peer that writes on regardless closes its link at its own limit. Up to the bound,
 * 16 MiB by default, a callback that blocks holds up the callbacks behind it and nothing else.
 *
 * <p><b>When a link is lost.</b> {@link #connect} dials once; of what it led to, nothing is dialled again. Addresses that are,
 * with growing pauses, are those of {@link NetworkBuilder#stayConnectedTo}. Besides, a node asks the peers that are left for
 * others and dials up to {@link NetworkBuilder#maxOutgoing} of those. Without a peer there is nobody to ask: a node that only
 * ever called {@code connect} then stays alone until it is dialled or calls it again.
 *
 * <p><b>Who speaks.</b> Ids and senders are claims. Nothing in the protocol proves them.
 *
 * <p>Safe for use by several threads.
 */
public final class MeshNetwork implements AutoCloseable {
    private final NodeRuntime runtime;
    private final Audience audience;

    private MeshNetwork(Builder builder) {
        this(builder.options(builder.subnet()), builder.listeners(), null, news -> {});
    }

    /**
     * A network whose node holds a table.
     *
     * @param news hears what the table tells
     */
    MeshNetwork(
            RuntimeOptions options,
            Audience.Listeners listeners,
            @Nullable Function<Self, Table> table,
            Audience.News news) {
        audience = new Audience(this, listeners, news);
        runtime = NodeRuntime.start(options, table, audience);
        audience.runBy(runtime);
    }

    NodeRuntime runtime() {
        return runtime;
    }

    /** A network with every option at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** This node's id. */
    public NodeId id() {
        return runtime.self().id();
    }

    /** Under which address others are told to reach this node; its port is the one that it listens on. */
    public Address address() {
        return runtime.self().address();
    }

    /**
     * Dials a node, once: a link that is lost later is not dialled again, unlike that to an address to {@link
     * NetworkBuilder#stayConnectedTo}. The limits on links that other nodes ask for do not apply.
     *
     * @param host a name or a numeric address
     * @param port 1..65535
     * @return the node at the other end, once its handshake is accepted; also when there is a link to it
     *     already. It fails with {@link NotConnectedException}. Cancelling it gives the attempt up
     */
    public CompletableFuture<Peer> connect(String host, int port) {
        Address address = new Address(host, port);
        CompletableFuture<Outcome> called = runtime.call(number -> new Call.Connect(number, address));
        return Answers.of(called, outcome -> Answers.connected(outcome, address));
    }

    /** Closes the link to a node. It fails with {@link NotSentException} ABSENT when there is none. */
    public CompletableFuture<Void> disconnect(NodeId peer) {
        CompletableFuture<Outcome> called = runtime.call(number -> new Call.Disconnect(number, peer.bytes()));
        return Answers.of(called, Answers::done);
    }

    /**
     * Sends to every node of the network.
     *
     * <p>While links are full it waits, and with it the calls after it, those links apart that have had no room for
     * a second. So whoever sends much waits for the futures, or at least for that of every so many messages: what
     * waits is held in memory.
     *
     * @param values what to send; {@link Values} says what may be in it
     * @return its id, once it is handed to the links. It fails with {@link NotSentException}
     * @throws IllegalArgumentException when a value has no form in msgpack; the message names it
     */
    public CompletableFuture<Sent> broadcast(@Nullable Object... values) {
        return broadcastValues(Opcode.BROADCAST.number(), Values.row(values));
    }

    /**
     * Sends to every node under a sub-flag.
     *
     * @param subFlag 0, 2, or 0x40 to 0xff, which are the application's
     * @return as {@link #broadcast}
     */
    public CompletableFuture<Sent> broadcastValues(int subFlag, List<Value> values) {
        return Answers.of(runtime.call(number -> new Call.Broadcast(number, subFlag, values)), Answers::sent);
    }

    /**
     * Sends to one node: on the link to it, or, when there is none, by a search for it through the network
     * (MSH-16), which takes until the node has shaken hands and at most 30 seconds.
     *
     * @param nodeId its id, as {@link Message#sender} and {@link #id} give it
     * @param values what to send; {@link Values} says what may be in it
     * @return as {@link #broadcast}; it fails with {@link NotSentException} ABSENT or TIMEOUT when the node is
     *     not found
     * @throws IllegalArgumentException when a value has no form in msgpack; the message names it
     */
    public CompletableFuture<Sent> whisper(String nodeId, @Nullable Object... values) {
        return whisperValues(
                Bytes.ofUtf8(Objects.requireNonNull(nodeId, "nodeId")), Opcode.WHISPER.number(), Values.row(values));
    }

    /** As {@link #whisper(String, Object...)}. */
    public CompletableFuture<Sent> whisper(NodeId node, @Nullable Object... values) {
        return whisperValues(node.bytes(), Opcode.WHISPER.number(), Values.row(values));
    }

    /**
     * Sends to one node under a sub-flag.
     *
     * @param nodeId the bytes of its id
     * @param subFlag 0, 2, or 0x40 to 0xff, which are the application's
     * @return as {@link #whisper(String, Object...)}
     */
    public CompletableFuture<Sent> whisperValues(Bytes nodeId, int subFlag, List<Value> values) {
        return Answers.of(
                runtime.call(number -> new Call.Whisper(number, nodeId, subFlag, values, true)), Answers::sent);
    }

    /** Calls a listener for every message that no handler has taken. */
    public Subscription onMessage(Consumer<? super Message> listener) {
        return audience.listeners().messages().add(Objects.requireNonNull(listener, "listener")::accept);
    }

    /** Lets a handler look at messages before the listeners; handlers are asked in the order of their adding. */
    public Subscription handle(MessageHandler handler) {
        return audience.listeners().handlers().add(handler);
    }

    /** Calls a listener for every node that there is a link to now: before its first message. */
    public Subscription onConnect(Consumer<? super Peer> listener) {
        return audience.listeners().connects().add(Objects.requireNonNull(listener, "listener")::accept);
    }

    /** Calls a listener for every node that there is no link to any more, with the reason: after its last message. */
    public Subscription onDisconnect(BiConsumer<? super Peer, ? super CloseReason> listener) {
        return audience.listeners().disconnects().add(Objects.requireNonNull(listener, "listener")::accept);
    }

    /**
     * The messages that no handler has taken, from the moment of the subscription on. Each subscriber is called in
     * an order of its own. One that asks for less than what comes slows the network down as a slow callback does.
     * When the network is closed, what was not asked for is dropped, and {@code onComplete} called.
     */
    public Flow.Publisher<Message> messages() {
        return audience.publisher();
    }

    /** The nodes that there is an open link to, as they were a moment ago. */
    public List<Peer> peers() {
        return runtime.peers().stream()
                .map(peer -> new Peer(peer.info().id(), peer.info().address()))
                .toList();
    }

    /** How the node is: links, queues, and what has happened so far. */
    public NodeStatus status() {
        return runtime.status();
    }

    /**
     * Ends the network: takes no more links, closes those that there are after what was sent on them, makes the
     * callbacks that are due, and ends every thread, timer and port. What takes longer than the drain deadline is
     * cut off. Idempotent. Waits until it is done, unless a callback of this network calls it.
     */
    @Override
    public void close() {
        CompletableFuture<Void> closed = closeAsync();
        if (!runtime.isCallback()) {
            closed.join();
        }
    }

    /** As {@link #close}, without waiting. */
    public CompletableFuture<Void> closeAsync() {
        return runtime.close();
    }

    /**
     * A message that was handed to links. It says nothing of its arrival.
     *
     * @param id the message id, 32 bytes: every receiver sees the same
     * @param links to how many links it went; 0 when there is no peer
     */
    public record Sent(Bytes id, int links) {}

    /** Options of a {@link MeshNetwork}. Not thread-safe; may start several networks. */
    public static final class Builder extends NetworkBuilder<Builder> {
        private String subnet = "mesh";

        private Builder() {}

        /**
         * The name of the network: nodes with another one refuse each other. Default {@code mesh}, as in the
         * older implementations.
         */
        public Builder subnet(String name) {
            subnet = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Starts the network. Blocks until it listens, when it is to.
         *
         * @throws java.io.UncheckedIOException when the address to listen on cannot be had
         */
        public MeshNetwork start() {
            return new MeshNetwork(this);
        }

        @Override
        Builder itself() {
            return this;
        }

        String subnet() {
            return subnet;
        }
    }
}
