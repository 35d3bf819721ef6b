package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import today.p2p.transport.Connection;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** A callback that throws ends its own connection, with a reason, and no other. */
class ThrowingHandlerTest {
    private static final class Boom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void inConnected() throws Exception {
        endsItsOwnConnectionAlone(() -> new Recorder() {
            @Override
            public void connected(Connection connection) {
                super.connected(connection);
                throw new Boom();
            }
        });
    }

    @Test
    void inReceived() throws Exception {
        endsItsOwnConnectionAlone(() -> new Recorder() {
            @Override
            public void received(Connection connection, ByteBuffer bytes) {
                throw new Boom();
            }
        });
    }

    @Test
    void inWrittenAndThenInDisconnected() throws Exception {
        endsItsOwnConnectionAlone(() -> new Recorder() {
            @Override
            public void received(Connection connection, ByteBuffer bytes) {
                connection.write(new byte[1]);
            }

            @Override
            public void written(Connection connection, long bytes) {
                throw new Boom();
            }

            @Override
            public void disconnected(Connection connection, DisconnectReason reason) {
                super.disconnected(connection, reason);
                throw new Boom();
            }
        });
    }

    @Test
    void inATaskOfTheConnectionAndWithAnError() throws Exception {
        endsItsOwnConnectionAlone(() -> new Recorder() {
            @Override
            public void received(Connection connection, ByteBuffer bytes) {
                connection.execute(() -> {
                    throw new StackOverflowError();
                });
            }
        });
    }

    private static void endsItsOwnConnectionAlone(Supplier<Recorder> throwing) throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().threads(1));
            Listener good = ends.listen(transport, Encryption.PLAINTEXT);
            Socket neighbour = ends.socket(good);
            Connection honest = ends.next().connection();
            Listener bad = ends.listen(transport, Encryption.PLAINTEXT, throwing);
            Socket victim = ends.socket(bad);
            victim.getOutputStream().write(1);
            Recorder recorder = ends.next();

            assertThat(recorder.end()).isEqualTo(Kind.HANDLER_FAILED);
            assertThat(recorder.disconnected.join().thrown()).isPresent();
            assertThat(recorder.order).containsOnlyOnce("connected").containsOnlyOnce("disconnected");
            honest.write(new byte[] {7});
            assertThat(neighbour.getInputStream().read()).isEqualTo(7);
            assertThat(honest.isOpen()).isTrue();
        }
    }

    @Test
    void aDialWhoseHandlerThrowsFails() throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen();
            Recorder throwing = new Recorder() {
                @Override
                public void connected(Connection connection) {
                    throw new Boom();
                }
            };
            var dial = ends.transport(Ends.config())
                    .dial("127.0.0.1", listener.address().getPort(), throwing, DialOptions.PLAINTEXT);

            Assertions.assertThatThrownBy(() -> dial.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            DialFailedException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(DialFailedException.Kind.DISCONNECTED));
            assertThat(throwing.end()).isEqualTo(Kind.HANDLER_FAILED);
        }
    }

    @Test
    void aSupplierThatThrowsRefusesTheConnectionAndTheListenerStays() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config().maxPending(1));
            Listener bad = ends.listen(transport, Encryption.PLAINTEXT, () -> {
                throw new Boom();
            });
            for (int i = 0; i < 3; i++) {
                assertThat(ends.socket(bad).getInputStream().read()).isEqualTo(-1);
            }
            assertThat(transport.stats().pending()).isZero();
            assertThat(bad.isOpen()).isTrue();
        }
    }
}
