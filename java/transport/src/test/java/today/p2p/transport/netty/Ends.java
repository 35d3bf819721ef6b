package today.p2p.transport.netty;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import today.p2p.transport.Connection;
import today.p2p.transport.ConnectionHandler;
import today.p2p.transport.DialOptions;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;
import today.p2p.transport.TransportConfig;

/** What tests open on 127.0.0.1, and close together. */
final class Ends implements AutoCloseable {
    private final List<Closeable> open = new ArrayList<>();

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(Recorder.PATIENCE_SECONDS));
    }

    /** The handlers of incoming connections, in their order. */
    final BlockingQueue<Recorder> incoming = new LinkedBlockingQueue<>();

    static TransportConfig.Builder config() {
        return TransportConfig.builder()
                .threads(2)
                .maxPerAddress(1024)
                // A busy machine is no failure.
                .handshakeDeadline(Duration.ofSeconds(Recorder.PATIENCE_SECONDS));
    }

    Transport transport(TransportConfig.Builder config) {
        Transport transport = NettyTransport.open(config.build());
        open.add(0, transport::close);
        return transport;
    }

    /** At a transport of its own, without encryption. */
    Listener listen() throws Exception {
        return listen(Recorder::new);
    }

    /** The same with other handlers. */
    Listener listen(Supplier<Recorder> handlers) throws Exception {
        return listen(transport(config()), Encryption.PLAINTEXT, handlers);
    }

    Listener listen(Transport transport, Encryption encryption) throws Exception {
        return listen(transport, encryption, Recorder::new);
    }

    Listener listen(Transport transport, Encryption encryption, Supplier<Recorder> handlers) throws Exception {
        return transport.listen(new InetSocketAddress("127.0.0.1", 0), encryption, () -> {
            Recorder recorder = handlers.get();
            incoming.add(recorder);
            return recorder;
        });
    }

    Recorder next() throws Exception {
        Recorder recorder = incoming.poll(Recorder.PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (recorder == null) {
            throw new AssertionError("nobody came");
        }
        return recorder;
    }

    static Connection dial(Transport from, Listener to, ConnectionHandler handler, DialOptions options)
            throws Exception {
        return from.dial("127.0.0.1", to.address().getPort(), handler, options)
                .get(Recorder.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A peer of plain java.net, which shares no code with what is tested. */
    Socket socket(Listener to) throws Exception {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), to.address().getPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Recorder.PATIENCE_SECONDS));
        open.add(0, socket);
        return socket;
    }

    @Override
    public void close() throws IOException {
        for (Closeable end : open) {
            end.close();
        }
    }
}
