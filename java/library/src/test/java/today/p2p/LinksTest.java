package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.MeshNetwork.Sent;
import today.p2p.codecs.Codecs;
import today.p2p.ids.Encryption;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Limit;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.Codec;

/** What becomes of links: MSH-2, LNK-5, LNK-8, LNK-23, and what is lost comes back. */
class LinksTest {
    /** The whole of it is run by {@code -Dp2p.dials=1000}. */
    private static final int ROUNDS = Integer.getInteger("p2p.dials", 100);

    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void ofTwoNodesThatDialEachOtherAtOnceOneLinkRemains() { // MSH-2, DUP-1
        MeshNetwork one = town.add(builder -> builder.maxOutgoing(0));
        MeshNetwork other = town.add(builder -> builder.maxOutgoing(0));
        for (int round = 0; round < ROUNDS; round++) {
            CompletableFuture<Peer> there =
                    one.connect("127.0.0.1", other.address().port());
            CompletableFuture<Peer> back =
                    other.connect("127.0.0.1", one.address().port());
            assertThat(there.join().id()).as("round %d", round).isEqualTo(other.id());
            assertThat(back.join().id()).as("round %d", round).isEqualTo(one.id());
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Town.SOON)
                    .until(() -> one.status().links() == 1 && other.status().links() == 1);

            // The same one on both sides: a whisper crosses it both ways.
            assertThat(one.whisper(other.id(), round).join().links()).isEqualTo(1);
            assertThat(other.whisper(one.id(), round).join().links()).isEqualTo(1);
            int heard = round + 1;
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Town.SOON)
                    .until(() ->
                            town.heard(one).size() == heard && town.heard(other).size() == heard);
            one.disconnect(other.id()).join();
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Town.SOON)
                    .until(() -> one.status().links() == 0 && other.status().links() == 0);
        }
    }

    @Test
    void aNodeThatDialsItselfIsRefused() { // LNK-5
        MeshNetwork one = town.add();
        Throwable failed = one.connect("127.0.0.1", one.address().port())
                .handle((peer, failure) -> failure)
                .join();

        assertThat(failed).isInstanceOf(NotConnectedException.class);
        await().atMost(Town.SOON).until(() -> one.status().links() == 0);
    }

    @Test
    void whoDialsWithTlsWhereNobodySpeaksItIsToldSo() {
        MeshNetwork plain = town.add();
        MeshNetwork secret = town.add(builder -> builder.encryption(Encryption.SSL));
        Throwable failed = secret.connect("127.0.0.1", plain.address().port())
                .handle((peer, failure) -> failure)
                .join();

        assertThat(failed)
                .isInstanceOf(NotConnectedException.class)
                .hasMessageContaining("the peer does not speak TLS");
    }

    @Test
    void aPeerWithoutAHandshakeIsCutOff() throws Exception { // LNK-8
        MeshNetwork one = town.add(builder -> builder.timer(Timer.HANDSHAKE_DEADLINE, Duration.ofMillis(200)));
        try (RawPeer silent = new RawPeer(one)) {
            silent.next();

            assertThat(silent.isEnded()).isTrue();
        }
    }

    @Test
    void whoBreaksRulesTooOftenIsShunnedAndKeepsTheLinksThatItHas() throws Exception { // MSH-26
        MeshNetwork node = town.add(builder -> builder.limit(Limit.MAX_FAULTS, 3));
        MeshNetwork there = town.add(builder -> builder.maxOutgoing(0));
        Town.link(there, node);
        for (int fault = 0; fault < 3; fault++) {
            try (RawPeer hostile = new RawPeer(node)) {
                hostile.next();
                hostile.send(new byte[] {-1, -1, -1, -1});
                assertThat(hostile.isEnded()).isTrue();
            }
        }

        try (RawPeer shunned = new RawPeer(node)) {
            assertThat(shunned.isEnded()).as("before its handshake").isTrue();
        }
        assertThat(node.peers()).hasSize(1);
        node.broadcast("still there").join();
        await().atMost(Town.SOON).until(() -> town.heard(there).size() == 1);
        assertThat(node.status().totals().linksOpened()).isEqualTo(4);
    }

    @Test
    void aPeerThatDoesNotReadLosesItsOwnLinkAndNoOther() throws Exception { // LNK-23
        List<CloseReason> ends = new CopyOnWriteArrayList<>();
        MeshNetwork node = town.add(builder -> builder.codecs(List.of())
                .limit(Limit.MAX_LINK_QUEUE, 300_000)
                .onDisconnect((peer, reason) -> ends.add(reason)));
        MeshNetwork reader = town.add(builder -> builder.maxOutgoing(0));
        Town.link(reader, node);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8192);
            socket.connect(new InetSocketAddress("127.0.0.1", node.address().port()));
            new RawPeer(socket)
                    .send(RawPeer.recorded("js-mesh-pair-nocomp", "client").get(0));
            await().atMost(Town.SOON).until(() -> node.peers().size() == 2);
            int sent = 0;
            while (ends.isEmpty()) {
                node.broadcast(sent++, new byte[50_000]).join();
            }

            assertThat(ends).hasSize(1);
            assertThat(ends.get(0).errorCode()).contains(ErrorCode.LIMIT);
            int all = sent;
            await().atMost(Town.SOON).until(() -> town.heard(reader).size() == all);
            assertThat(node.peers()).hasSize(1);
            assertThat(node.status().queuedBytes()).isZero();
        }
    }

    @Test
    void whoSendsMuchWithoutWaitingLosesNoLinkThatReads() { // LNK-23
        MeshNetwork node = town.add(builder -> builder.codecs(List.of()).limit(Limit.MAX_LINK_QUEUE, 100_000));
        MeshNetwork reader = town.add();
        Town.link(reader, node);
        List<CompletableFuture<Sent>> sent = new ArrayList<>();
        for (int message = 0; message < 300; message++) {
            sent.add(node.broadcast(message, new byte[20_000]));
        }
        CompletableFuture<Sent> large = node.broadcast("large", new byte[1_000_000]);
        node.broadcast("after it").join();

        assertThat(sent).allSatisfy(future -> assertThat(future.join().links()).isEqualTo(1));
        assertThat(large.join().links()).isEqualTo(1);
        await().atMost(Town.SOON).until(() -> town.heard(reader).size() == 302);
        assertThat(node.status().totals().linksClosed()).isZero();
    }

    @Test
    void anAddressToStayConnectedToIsDialledUntilItAnswersAndAgainWhenItIsLost() throws Exception {
        MeshNetwork first = town.add();
        int port = first.address().port();
        first.close();
        List<String> events = new CopyOnWriteArrayList<>();
        MeshNetwork faithful = town.add(builder -> builder.stayConnectedTo("127.0.0.1", port)
                .reconnect(Duration.ofMillis(20), Duration.ofMillis(100))
                .onConnect(peer -> events.add("connected"))
                .onDisconnect((peer, reason) -> events.add("lost")));
        await().atMost(Town.SOON).until(() -> faithful.status().totals().dialsFailed() >= 2);

        for (int life = 0; life < 2; life++) {
            MeshNetwork again = town.add(builder -> builder.listen("127.0.0.1", port));
            await().atMost(Town.SOON).until(() -> faithful.peers().size() == 1);
            again.close();
            await().atMost(Town.SOON).until(() -> faithful.peers().isEmpty());
        }
        await().atMost(Town.SOON).until(() -> events.size() == 4);
        assertThat(events).containsExactly("connected", "lost", "connected", "lost");
    }

    @Test
    void aNetworkOfEncryptedLinksTalksAndRefusesThePlainOnes() {
        MeshNetwork one = town.add(builder -> builder.encryption(Encryption.SSL));
        MeshNetwork other = town.add(builder -> builder.encryption(Encryption.SSL));
        MeshNetwork plain = town.add(builder -> builder.timer(Timer.HANDSHAKE_DEADLINE, Duration.ofSeconds(1)));
        Town.link(one, other);
        one.broadcast("secret").join();

        await().atMost(Town.SOON).until(() -> town.texts(other).contains("secret"));
        Throwable failed = plain.connect("127.0.0.1", other.address().port())
                .handle((peer, failure) -> failure)
                .join();
        assertThat(failed).isInstanceOf(NotConnectedException.class);
        assertThat(other.peers()).hasSize(1);
    }

    @Test
    void aConnectToANameThatDoesNotExistFails() {
        MeshNetwork one = town.add();

        assertThat(one.connect("name.invalid", 4444)
                        .handle((peer, failure) -> failure)
                        .join())
                .isInstanceOf(NotConnectedException.class);
    }

    @Test
    void everySharedCodecCarriesMessagesBothWays() {
        for (Codec codec : Codecs.available()) {
            MeshNetwork one = town.add(builder -> builder.codecs(List.of(codec)));
            MeshNetwork other = town.add(builder -> builder.codecs(List.of(codec)));
            Town.link(one, other);
            one.broadcast("orange ".repeat(5000)).join();
            await().atMost(Town.SOON).until(() -> town.heard(other).size() == 1);

            assertThat(town.texts(other)).containsExactly("orange ".repeat(5000));
            assertThat(one.status().totals().bytesOut()).as(codec.name()).isLessThan(10_000);
        }
    }

    @Test
    void aWhisperToNobodyFailsWithTheReason() {
        MeshNetwork alone = town.add();

        assertThat(alone.whisper("nobody", 1).handle((sent, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        NotSentException.class,
                        failed -> assertThat(failed.code()).contains(ErrorCode.ABSENT));
        assertThat(alone.broadcast("to nobody").join().links()).isZero();
    }

    @Test
    void asManyEqualBroadcastsInASecondAsTheRuleAllowsAreSentAndThenTheCallerIsTold() { // MSH-13
        MeshNetwork one = town.add(builder ->
                builder.limit(Limit.MAX_TIME_RAISE, 2).clock(() -> new Time(System.nanoTime(), 1_800_000_000)));
        for (int time = 0; time < 3; time++) {
            one.broadcast("same").join();
        }

        assertThat(one.broadcast("same").handle((sent, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        NotSentException.class,
                        failed -> assertThat(failed.code()).contains(ErrorCode.LIMIT));
    }

    @Test
    void aPortThatIsTakenIsToldAtTheStart() {
        MeshNetwork one = town.add();

        assertThatThrownBy(() -> town.add(
                        builder -> builder.listen("127.0.0.1", one.address().port())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + one.address().port());
    }
}
