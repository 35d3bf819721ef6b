package today.p2p.transport.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import today.p2p.transport.Connection.Direction;

/** TLS as 0.7 has it: a self-signed certificate on one side, and nobody who checks it. */
final class Tls {
    private static final int SESSIONS = 64;
    private static final int SESSION_SECONDS = 60;

    private final Executor workers;
    private @Nullable SslContext server;
    private @Nullable SslContext client;

    /** @param workers where signatures are made: not on the event loops, which would stand still meanwhile */
    Tls(Executor workers) {
        this.workers = workers;
    }

    SslHandler handler(Direction direction, ByteBufAllocator allocator) throws SSLException {
        SslHandler handler = context(direction).newHandler(allocator, workers);
        // The deadline of the connection counts, of which TLS is a part.
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyReadTimeoutMillis(0);
        return handler;
    }

    // The provider is named, since Netty would take OpenSSL wherever it lies on the class path.
    private synchronized SslContext context(Direction direction) throws SSLException {
        if (direction == Direction.OUTGOING) {
            if (client == null) {
                client = common(SslContextBuilder.forClient())
                        .trustManager(new TrustsAnyone())
                        .endpointIdentificationAlgorithm(null)
                        .build();
            }
            return client;
        }
        if (server == null) {
            SelfSigned own = SelfSigned.create();
            server = common(SslContextBuilder.forServer(own.key(), own.certificate()))
                    .build();
        }
        return server;
    }

    private static SslContextBuilder common(SslContextBuilder builder) {
        return builder.sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .sessionCacheSize(SESSIONS)
                .sessionTimeout(SESSION_SECONDS);
    }

    /** Encryption without authentication, said aloud. An extended one, since the JDK adds checks to a plain one. */
    private static final class TrustsAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
