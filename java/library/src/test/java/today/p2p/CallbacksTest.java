package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.MeshNetwork.Sent;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Limit;

/** What an application's own code can do to a network: nothing but hold up its own order. */
class CallbacksTest {
    private final Town town = new Town();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        town.close();
    }

    @Test
    void aCallbackThatBlocksHoldsUpItsOwnOrderAndNothingElse() {
        List<MeshNetwork> line = town.line(3);
        MeshNetwork blocked = line.get(1);
        CountDownLatch isBlocked = new CountDownLatch(1);
        blocked.onMessage(message -> {
            isBlocked.countDown();
            waitFor(release);
        });
        line.get(0).broadcast("first").join();
        waitFor(isBlocked);

        // The middle of the line relays, sends and answers while its callback is blocked.
        line.get(0).broadcast("second").join();
        await().atMost(Town.SOON).until(() -> town.texts(line.get(2)).containsAll(List.of("first", "second")));
        blocked.broadcast("from the blocked one").join();
        await().atMost(Town.SOON).until(() -> town.texts(line.get(0)).contains("from the blocked one"));
        assertThat(town.texts(blocked)).containsExactly("first");

        release.countDown();
        await().atMost(Town.SOON).until(() -> town.texts(blocked).contains("second"));
    }

    @Test
    void aCallbackThatThrowsIsCountedAndTheNextOnesAreMade() {
        List<MeshNetwork> line = town.line(2);
        List<String> later = new CopyOnWriteArrayList<>();
        line.get(1).handle(message -> {
            throw new IllegalStateException("a handler of the test");
        });
        line.get(1).onMessage(message -> {
            throw new AssertionError("a listener of the test");
        });
        line.get(1).onMessage(message -> later.add(message.text()));
        line.get(0).broadcast("one").join();
        line.get(0).broadcast("two").join();

        await().atMost(Town.SOON).until(() -> later.size() == 2);
        assertThat(later).containsExactly("one", "two");
        assertThat(line.get(1).status().totals().faults()).isEqualTo(4);
        assertThat(line.get(1).peers()).hasSize(1);
    }

    @Test
    void aCallbackMayWaitForAFutureOfItsOwnNetwork() {
        List<MeshNetwork> line = town.line(2);
        CompletableFuture<Sent> sent = new CompletableFuture<>();
        line.get(1).onMessage(message -> sent.complete(message.reply("waited").join()));
        line.get(0).broadcast("go").join();

        assertThat(sent.join().links()).isEqualTo(1);
    }

    @Test
    void messagesOfOneAuthorComeInTheOrderInWhichTheyWereSent() {
        List<MeshNetwork> line = town.line(3);
        // Some compressed and some not, so that one could overtake another.
        List<String> sent = IntStream.range(0, 200)
                .mapToObj(index -> index + (index % 3 == 0 ? " banana".repeat(2000) : ""))
                .toList();
        sent.forEach(text -> line.get(0).broadcast(text).join());

        await().atMost(Town.SOON).until(() -> town.heard(line.get(2)).size() == sent.size());
        assertThat(town.texts(line.get(2))).isEqualTo(sent);
        assertThat(town.texts(line.get(1))).isEqualTo(sent);
    }

    @Test
    void aHandlerThatTakesAMessageHidesItFromTheLaterOnes() {
        List<MeshNetwork> line = town.line(2);
        List<String> asked = new CopyOnWriteArrayList<>();
        Subscription first = line.get(1).handle(message -> message.text().equals("taken"));
        line.get(1).handle(message -> {
            asked.add(message.text());
            return false;
        });
        line.get(0).broadcast("taken").join();
        line.get(0).broadcast("left").join();
        await().atMost(Town.SOON).until(() -> town.texts(line.get(1)).contains("left"));
        assertThat(asked).containsExactly("left");
        assertThat(town.texts(line.get(1))).containsExactly("left");

        first.close();
        line.get(0).broadcast("taken").join();
        await().atMost(Town.SOON).until(() -> asked.contains("taken"));
    }

    @Test
    void aPeerIsToldBeforeItsMessagesAndItsEndAfterThem() {
        List<String> events = new CopyOnWriteArrayList<>();
        MeshNetwork one = town.add(builder -> builder.onConnect(peer -> events.add("connected"))
                .onMessage(message -> events.add(message.text()))
                .onDisconnect((peer, reason) -> events.add("disconnected " + reason.cause())));
        MeshNetwork other = town.add();
        Town.link(other, one);
        other.broadcast("hello").join();
        other.close();

        await().atMost(Town.SOON).until(() -> events.size() == 3);
        assertThat(events).containsExactly("connected", "hello", "disconnected " + CloseReason.Cause.REMOTE);
    }

    @Test
    void whenCallbacksAreSlowerThanMessagesPeersAreSlowedDownAndNothingIsLost() { // LNK-28
        CountDownLatch isBlocked = new CountDownLatch(1);
        MeshNetwork slow = town.add(
                builder -> builder.limit(Limit.MAX_LINK_UNHANDLED, 20_000).onMessage(message -> {
                    isBlocked.countDown();
                    waitFor(release);
                }));
        MeshNetwork fast = town.add(builder -> builder.codecs(List.of()));
        Town.link(fast, slow);
        List<String> sent = IntStream.range(0, 400)
                .mapToObj(index -> index + " kiwi".repeat(200))
                .toList();
        sent.forEach(text -> fast.whisper(slow.id(), text).join());
        waitFor(isBlocked);

        await().atMost(Town.SOON).until(() -> slow.status().unhandledBytes() >= 20_000);
        // The bound, and at most one message more.
        assertThat(slow.status().unhandledBytes()).isLessThan(20_000 + 2000 + 2048);
        assertThat(slow.peers()).hasSize(1);

        release.countDown();
        await().atMost(Town.SOON).until(() -> town.heard(slow).size() == sent.size());
        assertThat(town.texts(slow)).isEqualTo(sent);
        await().atMost(Town.SOON).until(() -> slow.status().unhandledBytes() == 0);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
