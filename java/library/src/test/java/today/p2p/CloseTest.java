package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What {@code close} leaves behind: nothing. */
class CloseTest {
    @Test
    void whatWasSentArrivesAndTheEndIsToldOnBothSides() {
        List<String> events = new CopyOnWriteArrayList<>();
        Town town = new Town();
        MeshNetwork one =
                town.add(builder -> builder.onDisconnect((peer, reason) -> events.add("one lost " + reason.cause())));
        MeshNetwork other =
                town.add(builder -> builder.onDisconnect((peer, reason) -> events.add("other lost " + reason.cause())));
        Town.link(one, other);
        for (int message = 0; message < 100; message++) {
            one.broadcast(message, "x".repeat(1000));
        }
        one.close();

        assertThat(events).contains("one lost LOCAL");
        await().atMost(Town.SOON).until(() -> events.contains("other lost REMOTE"));
        assertThat(town.heard(other)).hasSize(100);
        town.close();
    }

    @Test
    void itMayBeCalledAgainAndByACallback() {
        MeshNetwork one = MeshNetwork.builder().listen("127.0.0.1", 0).start();
        MeshNetwork other = MeshNetwork.builder()
                .listen("127.0.0.1", 0)
                .drainWithin(Duration.ofHours(1))
                .start();
        CompletableFuture<String> closed = new CompletableFuture<>();
        other.onMessage(message -> {
            other.close();
            closed.complete("by a callback");
        });
        one.connect("127.0.0.1", other.address().port()).join();
        one.broadcast("end").join();

        assertThat(closed.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("by a callback");
        other.closeAsync().join();
        one.close();
        one.close();
    }

    @Test
    void callsThatAreOpenOrComeLaterFailAndNoneWaitsForEver() throws Exception {
        MeshNetwork one = MeshNetwork.builder().start();
        try (ServerSocket silent = new ServerSocket(0)) {
            CompletableFuture<Peer> open = one.connect("127.0.0.1", silent.getLocalPort());
            silent.accept();
            one.close();

            assertThat(open.handle((peer, failure) -> failure).join()).isInstanceOf(NotConnectedException.class);
        }
        assertThat(one.broadcast("late").handle((sent, failure) -> failure).join())
                .isInstanceOf(NotSentException.class);
        assertThat(one.connect("127.0.0.1", 1)
                        .handle((sent, failure) -> failure)
                        .join())
                .isInstanceOf(NotConnectedException.class);
    }

    @Test
    void aCallbackThatNeverEndsDelaysItByTheDrainDeadlineAndNoMore() {
        CountDownLatch isBlocked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        MeshNetwork one = MeshNetwork.builder()
                .listen("127.0.0.1", 0)
                .drainWithin(Duration.ofMillis(300))
                .onConnect(peer -> {
                    isBlocked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException end) {
                        interrupted.countDown();
                    }
                })
                .start();
        try (MeshNetwork other = MeshNetwork.builder().start()) {
            other.connect("127.0.0.1", one.address().port()).join();
            await().atMost(Town.SOON).until(() -> isBlocked.getCount() == 0);
            one.close();

            await().atMost(Town.SOON).until(() -> interrupted.getCount() == 0);
        }
    }

    @Test
    void thePortIsFreeAndAnExecutorOfTheApplicationIsLeftAlone() throws Exception {
        ExecutorService own = Executors.newSingleThreadExecutor();
        MeshNetwork one = MeshNetwork.builder()
                .listen("127.0.0.1", 0)
                .callbackExecutor(own)
                .start();
        int port = one.address().port();
        one.close();

        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress("127.0.0.1", port));
        }
        assertThat(own.isShutdown()).isFalse();
        own.shutdown();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void threadsAndDescriptorsReturnToWhatTheyWere() throws Exception {
        oneLife();
        long descriptors = descriptors();
        for (int life = 0; life < 20; life++) {
            oneLife();
        }

        await().atMost(Town.SOON).until(() -> ownThreads().isEmpty());
        // A few belong to the JVM: jars, modules.
        await().atMost(Town.SOON).until(() -> descriptors() <= descriptors + 3);
    }

    private static void oneLife() {
        try (MeshNetwork one = MeshNetwork.builder().listen("127.0.0.1", 0).start();
                MeshNetwork other = MeshNetwork.builder()
                        .stayConnectedTo("127.0.0.1", 1)
                        .onMessage(message -> {})
                        .start()) {
            other.connect("127.0.0.1", one.address().port()).join();
            one.broadcast("hello").join();
        }
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("p2p-"))
                .toList();
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
