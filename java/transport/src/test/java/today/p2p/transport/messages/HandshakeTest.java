package today.p2p.transport.messages;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.netty.NettyTransport;

/** What two peers say before they count as connected. */
class HandshakeTest {
    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private static final Duration SOON = Duration.ofSeconds(2);

    private final List<MessageNode<String>> nodes = new ArrayList<>();
    private final List<String> order = new CopyOnWriteArrayList<>();

    private final PeerHandler<String> noting = new PeerHandler<>() {
        @Override
        public void connected(Peer<String> peer) {
            order.add("connected");
        }

        @Override
        public void message(Peer<String> peer, String line) {
            order.add(line);
        }

        @Override
        public void disconnected(Peer<String> peer, DisconnectReason reason) {
            order.add("disconnected");
        }
    };

    // Both say four bytes; whoever hears something else refuses.
    private static final Handshake CHAINED = channel -> {
        channel.write(ByteBuffer.wrap("p2p".getBytes(US_ASCII)), ByteBuffer.wrap(new byte[] {'!'}));
        return channel.read(4).thenAccept(heard -> {
            if (!new String(heard, US_ASCII).equals("p2p!")) {
                throw new IllegalArgumentException("a stranger");
            }
        });
    };

    private static final Handshake BLOCKING = channel -> {
        channel.write(ByteBuffer.wrap("p2p!".getBytes(US_ASCII)));
        byte[] first = channel.read(1).get();
        byte[] rest = channel.read(3).get();
        if (first[0] != 'p' || rest[2] != '!') {
            throw new IOException("a stranger");
        }
        return CompletableFuture.completedFuture(null);
    };

    private final List<Transport> transports = new ArrayList<>();

    private MessageNode<String> node(Handshake handshake) {
        // A busy machine is no failure.
        return node(handshake, Duration.ofSeconds(60));
    }

    private MessageNode<String> node(Handshake handshake, Duration deadline) {
        Transport transport = NettyTransport.open(TransportConfig.builder()
                .threads(1)
                .handshakeDeadline(deadline)
                .maxPerAddress(1000)
                .build());
        MessageNode<String> node = MessageNode.builder(Lines.upTo(100_000), noting)
                .handshake(handshake)
                .open(transport);
        nodes.add(node);
        transports.add(transport);
        return node;
    }

    private static Socket socket(Listener to) throws Exception {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), to.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    @AfterEach
    void close() {
        nodes.forEach(MessageNode::close);
    }

    @Test
    void twoThatAgreeAreConnectedWhetherTheyChainOrBlock() throws Exception {
        Listener listener = node(CHAINED).listen(new InetSocketAddress("127.0.0.1", 0));
        Peer<String> peer = node(BLOCKING)
                .connect("127.0.0.1", listener.address().getPort())
                .get(60, TimeUnit.SECONDS);
        peer.send("hello");

        await().until(() -> order.contains("hello"));
        assertThat(order).containsExactlyInAnyOrder("connected", "connected", "hello");
    }

    @Test
    void whatFollowsTheHandshakeInTheSameBytesIsTheFirstMessage() throws Exception {
        Listener listener = node(BLOCKING).listen(new InetSocketAddress("127.0.0.1", 0));
        try (Socket peer = socket(listener)) {
            peer.getOutputStream().write("p2p!first\nsecond\n".getBytes(US_ASCII));
            await().until(() -> order.contains("second"));
        }
        await().until(() -> order.contains("disconnected"));
        assertThat(order).containsExactly("connected", "first", "second", "disconnected");
    }

    @Test
    void aStrangerIsRefusedWithoutAHookAndTheDiallerLearnsIt() throws Exception {
        Listener listener = node(CHAINED).listen(new InetSocketAddress("127.0.0.1", 0));
        Transport accepting = transports.get(0);
        MessageNode<String> liar = node(channel -> {
            channel.write(ByteBuffer.wrap("http".getBytes(US_ASCII)));
            return channel.read(5);
        });

        assertThat(failure(liar.connect("127.0.0.1", listener.address().getPort())))
                .isEqualTo(DialFailedException.Kind.HANDSHAKE_FAILED);
        await().until(() -> accepting.stats().closed().containsKey(Kind.HANDSHAKE_FAILED));
        assertThat(order).isEmpty();
        assertThat(accepting.stats().pending()).isZero();
    }

    @Test
    void aHandshakeThatThrowsRefuses() throws Exception {
        Listener listener = node(channel -> {
                    throw new IOException("no");
                })
                .listen(new InetSocketAddress("127.0.0.1", 0));
        try (Socket peer = socket(listener)) {
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(order).isEmpty();
    }

    @Test
    void sixtySilentPeersAreDroppedAtTheDeadlineWhileAGoodOneJoins() throws Exception {
        Listener listener = node(BLOCKING, SOON).listen(new InetSocketAddress("127.0.0.1", 0));
        Transport accepting = transports.get(0);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            silent.add(socket(listener));
        }
        try (Socket good = socket(listener)) {
            good.getOutputStream().write("p2p!\n".getBytes(US_ASCII));
            await().until(() -> order.contains("connected"));
            for (Socket each : silent) {
                assertThat(each.getInputStream().readAllBytes()).isEqualTo("p2p!".getBytes(US_ASCII));
                each.close();
            }
            await().untilAsserted(
                            () -> assertThat(accepting.stats().closed()).containsEntry(Kind.HANDSHAKE_TIMED_OUT, 60L));
            assertThat(accepting.stats().pending()).isZero();
            assertThat(order).startsWith("connected").doesNotContain("disconnected");
        }
    }

    @Test
    void aReadThatIsPendingFailsWhenTheLinkEnds() throws Exception {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        Listener listener = node(channel -> channel.read(10).whenComplete((bytes, thrown) -> failed.complete(thrown)))
                .listen(new InetSocketAddress("127.0.0.1", 0));
        socket(listener).close();

        assertThat(failed.get(60, TimeUnit.SECONDS)).isInstanceOf(DialFailedException.class);
    }

    @Test
    void aPeerThatTalksTooMuchBeforeItsHandshakeIsReadFromAfterIt() throws Exception {
        CompletableFuture<Handshake.Channel> begun = new CompletableFuture<>();
        CompletableFuture<Void> accepted = new CompletableFuture<>();
        Listener listener = node(channel -> {
                    begun.complete(channel);
                    return accepted;
                })
                .listen(new InetSocketAddress("127.0.0.1", 0));
        String line = "x".repeat(100_000);
        try (Socket peer = socket(listener)) {
            peer.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            Handshake.Channel channel = begun.get(60, TimeUnit.SECONDS);
            await().until(() -> channel.connection().stats().bytesIn() >= 65536);
            assertThat(order).isEmpty();
            accepted.complete(null);

            await().until(() -> order.contains(line));
        }
    }

    private static DialFailedException.Kind failure(CompletableFuture<?> dial) throws Exception {
        try {
            dial.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return ((DialFailedException) Objects.requireNonNull(failed.getCause())).kind();
        }
        throw new AssertionError("it did not fail");
    }
}
