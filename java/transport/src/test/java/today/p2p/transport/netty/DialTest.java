package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import today.p2p.transport.Connection;
import today.p2p.transport.DialFailedException.Kind;
import today.p2p.transport.DialOptions;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** Each way in which a dial fails, and what a listener does. */
class DialTest {
    private static final DialOptions SOON = DialOptions.PLAINTEXT.within(Duration.ofMillis(200));

    @Test
    void nobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());

            CompletableFuture<Connection> dial =
                    transport.dial("127.0.0.1", free, new Recorder(), DialOptions.PLAINTEXT);
            assertThat(LimitsTest.failure(dial)).isEqualTo(Kind.REFUSED);
            assertThat(dial.handle((connection, why) -> why.getMessage()).join())
                    .isEqualTo("REFUSED: nobody listens at 127.0.0.1:" + free);
            assertThat(transport.stats().pending()).isZero();
        }
    }

    @Test
    void aNameWithoutAnAddress() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());

            assertThat(LimitsTest.failure(
                            transport.dial("no-such-host.invalid", 9, new Recorder(), DialOptions.PLAINTEXT)))
                    .isIn(Kind.UNRESOLVED, Kind.TIMED_OUT);
        }
    }

    @Test
    void aNameIsResolvedAndConnected() throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen();
            Connection connection = ends.transport(Ends.config())
                    .dial("localhost", listener.address().getPort(), new Recorder(), DialOptions.PLAINTEXT)
                    .get(60, TimeUnit.SECONDS);

            assertThat(connection.remoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aFullAcceptQueueTimesOutAndGivesThePlaceBack() throws Exception {
        try (Ends ends = new Ends();
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> fill = new ArrayList<>();
            Transport transport = ends.transport(Ends.config().maxPending(1));
            try {
                for (int i = 0; i < 3; i++) {
                    Socket socket = new Socket();
                    fill.add(socket);
                    connectBriefly(socket, full);
                }
                // Longer than what comes before its end can take.
                DialOptions within = DialOptions.PLAINTEXT.within(Duration.ofSeconds(3));
                CompletableFuture<Connection> dial =
                        transport.dial("127.0.0.1", full.getLocalPort(), new Recorder(), within);
                assertThat(LimitsTest.failure(transport.dial("127.0.0.1", full.getLocalPort(), new Recorder(), SOON)))
                        .isEqualTo(Kind.LIMIT_PENDING);

                assertThat(LimitsTest.failure(dial)).isEqualTo(Kind.TIMED_OUT);
                assertThat(transport.stats().pending()).isZero();
            } finally {
                for (Socket socket : fill) {
                    socket.close();
                }
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // all of 127.0.0.0/8 is this machine
    void anAddressThatDoesNotAnswerLeavesTimeForTheNext() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerSocket open = new ServerSocket(full.getLocalPort(), 5, InetAddress.getByName("127.0.0.2"))) {
            List<Socket> fill = new ArrayList<>();
            Transport transport = NettyTransport.open(Ends.config().build(), name ->
                    new InetAddress[] {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2")});
            try {
                for (int i = 0; i < 3; i++) {
                    Socket socket = new Socket();
                    fill.add(socket);
                    connectBriefly(socket, full);
                }
                DialOptions within = DialOptions.PLAINTEXT.within(Duration.ofSeconds(2));
                Connection connection = transport
                        .dial("two.example", open.getLocalPort(), new Recorder(), within)
                        .get(60, TimeUnit.SECONDS);

                assertThat(connection.remoteAddress().getAddress().getHostAddress())
                        .isEqualTo("127.0.0.2");
            } finally {
                for (Socket socket : fill) {
                    socket.close();
                }
                transport.close();
            }
        }
    }

    private static void connectBriefly(Socket socket, ServerSocket to) {
        try {
            socket.connect(to.getLocalSocketAddress(), 100);
        } catch (IOException queueIsFull) {
            // As intended.
        }
    }

    @Test
    void ownListenersAreNotDialled() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Listener listener = ends.listen(transport, Encryption.PLAINTEXT);
            Listener wildcard =
                    transport.listen(new InetSocketAddress("0.0.0.0", 0), Encryption.PLAINTEXT, Recorder::new);
            int port = wildcard.address().getPort();

            assertThat(LimitsTest.failure(transport, listener, DialOptions.PLAINTEXT))
                    .isEqualTo(Kind.SELF);
            assertThat(LimitsTest.failure(transport.dial("127.0.0.9", port, new Recorder(), SOON)))
                    .isEqualTo(Kind.SELF);
            assertThat(LimitsTest.failure(transport.dial("0.0.0.0", port, new Recorder(), SOON)))
                    .isEqualTo(Kind.SELF);
            assertThat(LimitsTest.failure(transport.dial("localhost", port, new Recorder(), SOON)))
                    .isEqualTo(Kind.SELF);
            assertThat(transport.stats().openedIncoming()).isZero();
        }
    }

    @Test
    void aCancelledDialLeavesNothing() throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen();
            // Places are given back on the event loop, which may lag behind.
            Transport transport = ends.transport(Ends.config().maxPending(1000));
            for (int i = 0; i < 200; i++) {
                CompletableFuture<Connection> dial = transport.dial(
                        "127.0.0.1", listener.address().getPort(), new Recorder(), DialOptions.PLAINTEXT);
                for (int spin = 0; spin < i * 50; spin++) {
                    Thread.onSpinWait();
                }
                if (!dial.cancel(true)) {
                    dial.join().close();
                }
            }

            await().until(() ->
                    transport.stats().pending() == 0 && transport.stats().open() == 0);
        }
    }

    @Test
    void aPortOutOfRangeIsAMistakeOfTheCaller() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());

            assertThatThrownBy(() -> transport.dial("127.0.0.1", 0, new Recorder(), DialOptions.PLAINTEXT))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> transport.dial("127.0.0.1", 65536, new Recorder(), DialOptions.PLAINTEXT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aClosedListenerFreesItsPortAtOnceAndItsConnectionsLive() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Listener first = ends.listen(transport, Encryption.PLAINTEXT);
            Listener second = ends.listen(transport, Encryption.PLAINTEXT);
            Socket peer = ends.socket(first);
            Connection connection = ends.next().connection();

            first.close();
            first.close();

            assertThat(first.isOpen()).isFalse();
            assertThat(second.isOpen()).isTrue();
            connection.write(new byte[] {5});
            assertThat(peer.getInputStream().read()).isEqualTo(5);
            Listener again = transport.listen(first.address(), Encryption.PLAINTEXT, Recorder::new);
            assertThat(again.address()).isEqualTo(first.address());
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Listener first = ends.listen(transport, Encryption.PLAINTEXT);

            assertThatThrownBy(() -> transport.listen(first.address(), Encryption.PLAINTEXT, Recorder::new))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen");
        }
    }
}
