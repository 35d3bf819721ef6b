package today.p2p.transport.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection.WriteResult;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.TransportConfig;
import today.p2p.transport.netty.NettyTransport;

/** The low-level node: hooks in order, isolation of peers, back-pressure, broadcast, close. */
class MessageNodeTest {
    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private final List<MessageNode<String>> nodes = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    /** Notes the hooks of all peers of one node. */
    private static class Notes implements PeerHandler<String> {
        final List<String> order = new CopyOnWriteArrayList<>();
        final List<DisconnectReason> reasons = new CopyOnWriteArrayList<>();

        @Override
        public void connected(Peer<String> peer) {
            order.add(peer.id() + " connected");
        }

        @Override
        public void message(Peer<String> peer, String line) {
            order.add(peer.id() + " " + line);
        }

        @Override
        public void disconnected(Peer<String> peer, DisconnectReason reason) {
            order.add(peer.id() + " disconnected");
            reasons.add(reason);
        }
    }

    private MessageNode<String> node(PeerHandler<String> handler) {
        return node(handler, builder -> builder);
    }

    private MessageNode<String> node(PeerHandler<String> handler, UnaryOperator<MessageNode.Builder<String>> options) {
        return node(handler, options, Duration.ofSeconds(30));
    }

    private MessageNode<String> node(
            PeerHandler<String> handler, UnaryOperator<MessageNode.Builder<String>> options, Duration writeDeadline) {
        TransportConfig config = TransportConfig.builder()
                .threads(1)
                .maxPerAddress(1024)
                .writeDeadline(writeDeadline)
                .build();
        MessageNode<String> node =
                options.apply(MessageNode.builder(Lines.upTo(100_000), handler)).open(NettyTransport.open(config));
        nodes.add(node);
        return node;
    }

    private static Listener listen(MessageNode<?> node) throws Exception {
        return node.listen(new InetSocketAddress("127.0.0.1", 0));
    }

    private static Peer<String> connect(MessageNode<String> from, Listener to) throws Exception {
        return from.connect("127.0.0.1", to.address().getPort()).get(60, TimeUnit.SECONDS);
    }

    private Socket socket(Listener to) throws Exception {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), to.address().getPort());
        socket.setSoTimeout(60_000);
        sockets.add(socket);
        return socket;
    }

    private static void say(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        nodes.forEach(MessageNode::close);
    }

    @Test
    void hooksComeInOrderAndWhatWasSentBeforeTheEndComesBeforeIt() throws Exception {
        Notes notes = new Notes();
        Listener listener = listen(node(notes));
        try (Socket peer = socket(listener)) {
            say(peer, "one\ntwo\nthree\n");
        }

        await().until(() -> notes.reasons.size() == 1);
        assertThat(notes.order).containsExactly("1 connected", "1 one", "1 two", "1 three", "1 disconnected");
        assertThat(notes.reasons.get(0).kind()).isEqualTo(Kind.REMOTE);
    }

    @Test
    void aPeerIsListedAndCanBeSentToInItsFirstHook() throws Exception {
        CompletableFuture<Boolean> isListed = new CompletableFuture<>();
        Listener listener = listen(node(new Notes() {
            @Override
            public void connected(Peer<String> peer) {
                isListed.complete(peer.node().peers().contains(peer) && peer.send("welcome") == WriteResult.QUEUED);
            }
        }));
        Notes notes = new Notes();
        connect(node(notes), listener);

        assertThat(isListed.get(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> notes.order.contains("1 welcome"));
        assertThat(notes.order).startsWith("1 connected");
    }

    @Test
    void aHandlerThatBlocksCostsItsOwnLinkOnly() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Notes notes = waiting(release, "block"::equals);
        Listener listener = listen(node(notes));
        Socket blocked = socket(listener);
        say(blocked, "block\n");
        await().until(() -> notes.order.contains("1 connected"));
        Socket other = socket(listener);
        say(other, "hello\n");

        await().until(() -> notes.order.contains("2 hello"));
        assertThat(notes.order).doesNotContain("1 block");
        release.countDown();
        await().until(() -> notes.order.contains("1 block"));
    }

    @Test
    void aPeerThatIsFasterThanTheHandlerIsNotReadFrom() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Notes notes = waiting(never, line -> true);
        MessageNode<String> node = node(notes, builder -> builder.maxInboundMessages(4));
        Notes sender = new Notes();
        MessageNode<String> fast = node(sender, builder -> builder, Duration.ofMillis(500));
        Peer<String> peer = connect(fast, listen(node));
        // As long as it is read from, no end comes to this.
        await().until(() -> {
            WriteResult last = WriteResult.QUEUED;
            while (last == WriteResult.QUEUED) {
                last = peer.send("x".repeat(50_000));
            }
            return last == WriteResult.CLOSED && sender.reasons.size() == 1;
        });

        assertThat(sender.reasons.get(0).kind()).isEqualTo(Kind.WRITE_STALLED);
        assertThat(node.stats().transport().bytesIn()).isLessThan(1_000_000);
        never.countDown();
    }

    @Test
    void whatWaitedForTheHandlerComesInOrderAndWhole() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Notes notes = waiting(release, line -> true);
        MessageNode<String> node = node(notes, builder -> builder.maxInboundMessages(4));
        Peer<String> peer = connect(node(new Notes()), listen(node));
        List<String> expected = new ArrayList<>(List.of("1 connected"));
        for (int i = 0; i < 3000; i++) {
            assertThat(peer.send(i + "x".repeat(1000))).isEqualTo(WriteResult.QUEUED);
            expected.add("1 " + i + "x".repeat(1000));
        }
        release.countDown();

        await().until(() -> notes.order.size() == expected.size());
        assertThat(notes.order).isEqualTo(expected);
    }

    @Test
    void whatCameWithTheEndOfAnEncryptedPeerComesBeforeItHoweverSlowTheHandler() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Notes notes = waiting(release, line -> true);
        Notes sender = new Notes();
        MessageNode<String> node = node(
                notes, builder -> builder.encryption(Encryption.TLS_UNVERIFIED).maxInboundMessages(4));
        Peer<String> peer =
                connect(node(sender, builder -> builder.encryption(Encryption.TLS_UNVERIFIED)), listen(node));
        for (int i = 0; i < 200; i++) {
            peer.send("line " + i);
        }
        peer.close();
        await().until(() -> sender.reasons.size() == 1);
        release.countDown();

        await().until(() -> notes.reasons.size() == 1);
        assertThat(notes.order).hasSize(202).last().isEqualTo("1 disconnected");
    }

    @Test
    void aHookThatThrowsEndsItsOwnPeerWithAReason() throws Exception {
        Notes notes = new Notes() {
            @Override
            public void message(Peer<String> peer, String line) {
                super.message(peer, line);
                if (line.equals("boom")) {
                    throw new IllegalStateException("boom");
                }
            }
        };
        Listener listener = listen(node(notes));
        Socket bad = socket(listener);
        say(bad, "boom\nafter\n");
        await().until(() -> notes.reasons.size() == 1);
        Socket good = socket(listener);
        say(good, "fine\n");

        await().until(() -> notes.order.contains("2 fine"));
        assertThat(notes.reasons.get(0).kind()).isEqualTo(Kind.HANDLER_FAILED);
        assertThat(notes.reasons.get(0).thrown()).get().isInstanceOf(IllegalStateException.class);
        assertThat(notes.order)
                .startsWith("1 connected", "1 boom", "1 disconnected")
                .doesNotContain("1 after");
    }

    @Test
    void bytesThatAreNoMessageEndThePeerWithAReason() throws Exception {
        Notes notes = new Notes();
        Socket peer = socket(listen(node(notes)));
        say(peer, "fine\n");
        peer.getOutputStream().write(new byte[] {(byte) 0xff, '\n'});

        await().until(() -> notes.reasons.size() == 1);
        assertThat(notes.reasons.get(0).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(notes.order).containsExactly("1 connected", "1 fine", "1 disconnected");
    }

    @Test
    void aMessageThatHasBegunHasToEndInTimeAndSilenceBetweenMessagesIsNoMatter() throws Exception {
        Notes notes = new Notes();
        Listener listener = listen(node(notes, builder -> builder.frameDeadline(Duration.ofMillis(300))));
        Socket silent = socket(listener);
        say(silent, "whole\n");
        await().until(() -> notes.order.contains("1 whole"));
        Socket slow = socket(listener);
        say(slow, "whole\nhal");

        await().until(() -> notes.reasons.size() == 1);
        assertThat(notes.reasons.get(0).kind()).isEqualTo(Kind.FRAME_TIMED_OUT);
        assertThat(notes.order).contains("2 disconnected").doesNotContain("1 disconnected");
    }

    @Test
    void aBroadcastIsEncodedOnceAndSaysWhatBecameOfItForEachPeer() throws Exception {
        List<Notes> all = new ArrayList<>();
        MessageNode<String> hub = node(new Notes());
        Listener listener = listen(hub);
        for (int i = 0; i < 5; i++) {
            Notes notes = new Notes();
            all.add(notes);
            connect(node(notes), listener);
        }
        await().until(() -> hub.peers().size() == 5);
        long left = hub.peers().get(2).id();

        Map<Peer<String>, WriteResult> results = hub.broadcast("news", peer -> peer.id() != left);

        assertThat(results)
                .hasSize(4)
                .allSatisfy((peer, result) -> assertThat(result).isEqualTo(WriteResult.QUEUED));
        await().until(() ->
                all.stream().filter(notes -> notes.order.contains("1 news")).count() == 4);
        assertThat(hub.stats().messagesOut()).isEqualTo(4);
        assertThatThrownBy(() -> hub.broadcast("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBroadcastPastAStalledPeerReachesTheOthersAndNamesIt() throws Exception {
        MessageNode<String> hub = node(new Notes());
        Listener listener = listen(hub);
        socket(listener);
        await().until(() -> hub.peers().size() == 1);
        Peer<String> stalled = hub.peers().get(0);
        String line = "x".repeat(60_000);
        while (stalled.send(line) == WriteResult.QUEUED) {
            assertThat(hub.peers()).hasSize(1);
        }
        Notes notes = new Notes();
        connect(node(notes), listener);
        await().until(() -> hub.peers().size() == 2);

        Map<Peer<String>, WriteResult> results = hub.broadcast(line);

        assertThat(results.values()).containsExactly(WriteResult.LINK_QUEUE_FULL, WriteResult.QUEUED);
        await().until(() -> notes.order.contains("1 " + line));
    }

    @Test
    void statisticsCountMessagesAndTheirBytes() throws Exception {
        Notes notes = new Notes();
        MessageNode<String> node = node(notes, builder -> builder.encryption(Encryption.TLS_UNVERIFIED));
        Listener listener = listen(node);
        MessageNode<String> dialler = node(new Notes(), builder -> builder.encryption(Encryption.TLS_UNVERIFIED));
        Peer<String> peer = connect(dialler, listener);
        for (int i = 0; i < 3; i++) {
            peer.send("12345678");
        }

        await().until(() -> node.stats().messagesIn() == 3);
        assertThat(node.peers().get(0).stats().bytesIn()).isEqualTo(27);
        assertThat(node.peers().get(0).stats().messagesIn()).isEqualTo(3);
        assertThat(peer.stats().messagesOut()).isEqualTo(3);
        await().until(() -> peer.stats().bytesOut() == 27);
        assertThat(node.stats().transport().bytesIn()).isEqualTo(27);
        assertThat(node.stats().peers()).isEqualTo(1);
    }

    @Test
    void aClosingNodeHandsOverWhatHadComeAndReportsWhatItCouldNot() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Notes notes = waiting(never, "hang"::equals);
        MessageNode<String> node = node(notes);
        Listener listener = listen(node);
        Socket good = socket(listener);
        say(good, "a\nb\n");
        await().until(() -> notes.order.contains("1 b"));
        Socket hanging = socket(listener);
        say(hanging, "hang\nx\ny\n");
        await().until(() ->
                node.peers().size() == 2 && node.peers().get(1).stats().bytesIn() == 9);

        NodeReport report = node.shutdown(Duration.ofSeconds(2)).get(60, TimeUnit.SECONDS);

        assertThat(report.connections()).isEqualTo(2);
        assertThat(report.unsent()).isEmpty();
        assertThat(report.undelivered()).isEqualTo(2);
        assertThat(notes.order).contains("1 disconnected");
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("p2p-transport-callback")));
        never.countDown();
    }

    @Test
    void aHandlerMayCloseItsPeerAndItsNode() throws Exception {
        Notes notes = new Notes() {
            @Override
            public void message(Peer<String> peer, String line) {
                super.message(peer, line);
                if (line.equals("peer")) {
                    peer.close();
                } else {
                    peer.node().close();
                }
            }
        };
        Listener listener = listen(node(notes));
        Socket first = socket(listener);
        say(first, "peer\nafter\n");
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        first.close();
        await().until(() -> notes.reasons.size() == 1);
        assertThat(notes.order).containsExactly("1 connected", "1 peer", "1 disconnected");
        Socket second = socket(listener);
        say(second, "node\n");

        assertThat(second.getInputStream().read()).isEqualTo(-1);
        second.close();
        await().until(() -> notes.reasons.size() == 2);
        assertThat(notes.reasons.get(1).kind()).isEqualTo(Kind.TRANSPORT_CLOSED);
        assertThat(listener.isOpen()).isFalse();
    }

    @Test
    void everyBadOptionIsNamedAtOnce() {
        assertThatThrownBy(() -> node(
                        new Notes(),
                        builder -> builder.frameDeadline(Duration.ZERO)
                                .maxInboundBytes(0)
                                .maxInboundMessages(0)))
                .hasMessageContainingAll("frameDeadline", "maxInboundBytes", "maxInboundMessages");
    }

    /** A handler that is as slow as the latch with some lines. */
    private static Notes waiting(CountDownLatch release, Predicate<String> with) {
        return new Notes() {
            @Override
            public void message(Peer<String> peer, String line) {
                if (with.test(line)) {
                    awaitQuietly(release);
                }
                super.message(peer, line);
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
