package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.ErrorCode;

/** A node on real sockets whose peer is what living nodes wrote, byte for byte. */
class WirePeerTest {
    /** When the scenes were recorded. */
    private static final long THEN = 1_795_251_750;

    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    @ParameterizedTest
    @CsvSource({
        "py-mesh-pair-nocomp, client, whisper from B",
        "js-mesh-pair-nocomp, client, whisper from B",
        "py-mesh-pair-nocomp, server, broadcast text",
        "js-mesh-pair-nocomp, server, broadcast text"
    })
    void whatALivingNodeSaysIsHeard(String scene, String side, String text) throws Exception {
        MeshNetwork node = recording();
        try (RawPeer peer = new RawPeer(node)) {
            for (byte[] chunk : RawPeer.recorded(scene, side)) {
                peer.send(chunk);
            }
            await().atMost(Town.SOON).until(() -> town.texts(node).contains(text));

            assertThat(node.peers()).hasSize(1);
        }
        await().atMost(Town.SOON).until(() -> node.peers().isEmpty());
    }

    @Test
    void theFirstFrameIsAHandshakeInOnePieceAndABroadcastFollows() throws Exception { // LNK-1, LNK-2, LNK-11
        MeshNetwork node = recording();
        try (RawPeer peer = new RawPeer(node)) {
            byte[] handshake = peer.next();
            assertThat(handshake[0]).as("an array of 8").isEqualTo((byte) 0x98);
            assertThat(handshake[1]).as("whisper").isEqualTo((byte) 2);
            assertThat(new String(handshake, StandardCharsets.ISO_8859_1))
                    .contains(node.id().text(), "127.0.0.1");
            peer.send(RawPeer.recorded("py-mesh-pair-nocomp", "client").get(0));
            await().atMost(Town.SOON).until(() -> node.peers().size() == 1);
            node.broadcast("hello").join();

            byte[] broadcast = peer.nextWith("hello");
            assertThat(broadcast[1]).as("broadcast").isZero();
            // The sub-flag 0, then a text of 5 bytes.
            assertThat(new String(broadcast, StandardCharsets.ISO_8859_1)).endsWith("\0\u00a5hello");
        }
    }

    @Test
    void aReplyGoesBackOnTheLinkOfItsAuthor() throws Exception { // MSH-16
        MeshNetwork node = recording();
        node.onMessage(message -> message.reply("thank you"));
        try (RawPeer peer = new RawPeer(node)) {
            for (byte[] chunk :
                    RawPeer.recorded("py-mesh-pair-nocomp", "client").subList(0, 3)) {
                peer.send(chunk);
            }

            assertThat(peer.nextWith("thank you")[1]).as("whisper").isEqualTo((byte) 2);
        }
    }

    @Test
    void whatIsNoHandshakeEndsTheConnection() throws Exception { // LNK-3
        MeshNetwork node = recording();
        try (RawPeer peer = new RawPeer(node)) {
            peer.send(RawPeer.recorded("py-mesh-pair-nocomp", "client").get(2));
            peer.next();

            assertThat(peer.isEnded()).isTrue();
        }
        await().atMost(Town.SOON).until(() -> node.status().links() == 0);
        assertThat(town.heard(node)).isEmpty();
    }

    @Test
    void aLivingNodeOfAnotherNetworkIsRefusedAndTheCallerToldWhy() throws Exception { // LNK-4
        MeshNetwork node = town.add(builder -> builder.subnet("another"));
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Peer> dialled = node.connect("127.0.0.1", server.getLocalPort());
            try (RawPeer peer = new RawPeer(server.accept())) {
                peer.send(RawPeer.recorded("js-mesh-pair-nocomp", "server").get(0));
                peer.next();

                assertThat(peer.isEnded()).isTrue();
                assertThat(dialled.handle((ok, failed) -> failed).join())
                        .isInstanceOfSatisfying(NotConnectedException.class, failed -> {
                            assertThat(failed.code()).contains(ErrorCode.SUBNET);
                            assertThat(failed.reason().cause()).isEqualTo(CloseReason.Cause.RULE);
                        });
            }
        }
    }

    @Test
    void aDialThatIsCancelledEndsItsConnection() throws Exception {
        // So that nothing but the cancelling ends it while the test waits.
        MeshNetwork node = town.add(builder -> builder.timer(Timer.HANDSHAKE_DEADLINE, Duration.ofHours(1)));
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Peer> dialled = node.connect("127.0.0.1", server.getLocalPort());
            try (RawPeer silent = new RawPeer(server.accept())) {
                silent.next();
                dialled.cancel(true);

                assertThat(silent.isEnded()).isTrue();
            }
        }
        await().atMost(Town.SOON).until(() -> node.status().links() == 0);
        assertThat(node.status().openCalls()).isZero();
    }

    @Test
    void aPeerThatIsFasterThanItsRateIsSlowedDownAndNotCutOff() throws Exception { // LNK-24
        List<byte[]> chunks = RawPeer.recorded("py-mesh-pair-nocomp", "client");
        MeshNetwork node = town.add(builder -> at(THEN, builder)
                .limit(today.p2p.kernel.Limit.MAX_MESSAGE_BURST, 10)
                .limit(today.p2p.kernel.Limit.MAX_MESSAGE_RATE, 100));
        try (RawPeer peer = new RawPeer(node)) {
            peer.send(chunks.get(0));
            long begun = System.nanoTime();
            for (int message = 0; message < 60; message++) {
                peer.send(chunks.get(2));
            }
            await().atMost(Town.SOON).until(() -> town.heard(node).size() == 60);

            // 50 of them at a hundred a second: half a second, whatever else the machine does.
            assertThat(System.nanoTime() - begun).isGreaterThan(400_000_000);
            assertThat(node.peers()).hasSize(1);
        }
    }

    private MeshNetwork recording() {
        return town.add(builder -> at(THEN, builder));
    }

    private static MeshNetwork.Builder at(long wallSeconds, MeshNetwork.Builder builder) {
        return builder.clock(() -> new Time(System.nanoTime(), wallSeconds));
    }
}
