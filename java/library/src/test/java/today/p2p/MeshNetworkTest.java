package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.MeshNetwork.Sent;
import today.p2p.kernel.CloseReason;
import today.p2p.msgpack.ErrorCode;

/** What chapter 13 says of a node, seen from an application, on real sockets. */
class MeshNetworkTest {
    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void twoNodesTalk() {
        MeshNetwork one = town.add();
        MeshNetwork other = town.add();
        Peer peer = one.connect("127.0.0.1", other.address().port()).join();

        assertThat(peer.id()).isEqualTo(other.id());
        assertThat(one.peers()).containsExactly(peer);
        Sent sent = one.broadcast("hello", 7, null).join();
        assertThat(sent.links()).isEqualTo(1);
        await().atMost(Town.SOON).until(() -> !town.heard(other).isEmpty());
        Message message = town.heard(other).get(0);
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.get(1)).isEqualTo(7L);
        assertThat(message.get(2)).isNull();
        assertThat(message.sender()).isEqualTo(one.id().text());
        assertThat(message.id()).isEqualTo(sent.id());
        assertThat(message.isBroadcast()).isTrue();
    }

    @Test
    void aBroadcastReachesEveryNodeOnceAcrossALine() { // MSH-9, MSH-12
        List<MeshNetwork> line = town.line(5);
        for (int round = 0; round < 20; round++) {
            line.get(round % 5).broadcast("round " + round).join();
        }

        for (int index = 0; index < 5; index++) {
            MeshNetwork node = line.get(index);
            await().atMost(Town.SOON).until(() -> town.heard(node).size() >= 16);
            assertThat(town.texts(node))
                    .as("node %d", index)
                    .doesNotHaveDuplicates()
                    .hasSize(16);
        }
    }

    @Test
    void nodesFindEachOtherThroughLists() { // MSH-3, MSH-5
        MeshNetwork first = town.add();
        for (int index = 0; index < 3; index++) {
            town.add().connect("127.0.0.1", first.address().port()).join();
        }

        await().atMost(Town.SOON).until(() -> first.peers().size() == 3);
        first.broadcast("all").join();
    }

    @Test
    void aWhisperIsHeardByOneAndAReplyComesBack() { // MSH-15, MSH-16
        List<MeshNetwork> line = town.line(3);
        line.get(1).handle(message -> {
            message.reply("and you").join();
            return true;
        });
        line.get(0).whisper(line.get(1).id(), "how are you").join();

        await().atMost(Town.SOON).until(() -> !town.heard(line.get(0)).isEmpty());
        assertThat(town.texts(line.get(0))).containsExactly("and you");
        assertThat(town.heard(line.get(0)).get(0).isBroadcast()).isFalse();
        assertThat(town.heard(line.get(2))).isEmpty();
    }

    @Test
    void aReplyFindsANodeThatThereIsNoLinkTo() { // MSH-16 to MSH-18
        List<MeshNetwork> line = town.line(4);
        CompletableFuture<Sent> replied = new CompletableFuture<>();
        line.get(3).onMessage(message -> message.reply("found you").thenAccept(replied::complete));
        line.get(0).broadcast("who is there").join();

        assertThat(replied.join().links()).isEqualTo(1);
        await().atMost(Town.SOON).until(() -> !town.heard(line.get(0)).isEmpty());
        assertThat(town.texts(line.get(0))).containsExactly("found you");
        assertThat(town.heard(line.get(1))).extracting(Message::text).containsExactly("who is there");
    }

    @Test
    void aNodeOfAnotherSubnetIsRefusedWithTheReasonOnBothSides() { // LNK-4
        MeshNetwork one = town.add();
        MeshNetwork other = town.add(builder -> builder.subnet("another"));

        assertThatThrownBy(
                        () -> one.connect("127.0.0.1", other.address().port()).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotConnectedException.class)
                .satisfies(failed -> {
                    NotConnectedException cause = (NotConnectedException) Objects.requireNonNull(failed.getCause());
                    // Whoever reads the other's handshake first closes; the loser sees the end of the transport.
                    assertThat(cause.code().equals(java.util.Optional.of(ErrorCode.SUBNET))
                                    || cause.reason().cause() == CloseReason.Cause.REMOTE)
                            .isTrue();
                });
        assertThat(one.peers()).isEmpty();
        await().atMost(Town.SOON).until(() -> other.status().links() == 0);
        assertThat(other.peers()).isEmpty();
    }

    @Test
    void aDialToNobodyFailsWithTheReason() {
        MeshNetwork gone = town.add();
        int port = gone.address().port();
        gone.close();
        MeshNetwork one = town.add();

        assertThatThrownBy(() -> one.connect("127.0.0.1", port).join())
                .hasCauseInstanceOf(NotConnectedException.class)
                .hasMessageEndingWith("no link to 127.0.0.1:" + port + ": UNREACHABLE: nobody listens there")
                .satisfies(failed -> assertThat(((NotConnectedException) Objects.requireNonNull(failed.getCause()))
                                .reason()
                                .cause())
                        .isEqualTo(CloseReason.Cause.UNREACHABLE));
    }
}
