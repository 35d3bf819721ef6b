package today.p2p.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.transport.Connection;
import today.p2p.transport.DialFailedException;
import today.p2p.transport.DialOptions;
import today.p2p.transport.DisconnectReason.Kind;
import today.p2p.transport.Encryption;
import today.p2p.transport.Listener;
import today.p2p.transport.Transport;

/** TLS as the label SSL has it (SUB-2): encrypted, self-signed, unverified. */
class TlsTest {
    @Test
    void bytesGoBothWaysBetweenTwoOfUs() throws Exception {
        try (Ends ends = new Ends()) {
            Transport a = ends.transport(Ends.config());
            Listener listener = ends.listen(a, Encryption.TLS_UNVERIFIED);
            Recorder dialled = new Recorder();
            Connection out = Ends.dial(ends.transport(Ends.config()), listener, dialled, DialOptions.TLS_UNVERIFIED);
            Recorder accepted = ends.next();
            byte[] large = new byte[1_000_000];

            out.write(List.of(ByteBuffer.wrap(new byte[4]), ByteBuffer.wrap(large)));
            accepted.connection().write(new byte[] {1, 2, 3});
            await().until(() -> accepted.bytes().length == 1_000_004 && dialled.bytes().length == 3);
            out.close();

            assertThat(dialled.end()).isEqualTo(Kind.LOCAL);
            assertThat(accepted.end()).isEqualTo(Kind.REMOTE);
            assertThat(dialled.written.get()).isEqualTo(1_000_004);
            assertThat(accepted.order).startsWith("connected").endsWith("disconnected");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientOfTheJdkReadsAWriteOfPiecesInOneRecord(String version) throws Exception {
        try (Ends ends = new Ends()) {
            Listener listener = ends.listen(ends.transport(Ends.config()), Encryption.TLS_UNVERIFIED);
            try (SSLSocket client = client(ends.socket(listener), version)) {
                Connection connection = ends.next().connection();
                connection.write(List.of(ByteBuffer.wrap(new byte[4]), ByteBuffer.wrap(new byte[300])));

                assertThat(client.getInputStream().read(new byte[4096])).isEqualTo(304);
                assertThat(client.getSession().getProtocol()).isEqualTo(version);
                connection.close();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aCloseEndsWithACloseNotify() throws Exception {
        try (Ends ends = new Ends();
                Tapped raw = new Tapped()) {
            Listener listener = ends.listen(ends.transport(Ends.config()), Encryption.TLS_UNVERIFIED);
            raw.connect(listener.address());
            try (SSLSocket client = client(raw, "TLSv1.2")) {
                ends.next().connection().close();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }

            // RFC 5246, 6.2.1: type, version, length; an alert is of type 21, and what we send last is one.
            ByteBuffer records = ByteBuffer.wrap(raw.read.toByteArray());
            int last = 0;
            while (records.hasRemaining()) {
                last = records.get();
                records.getShort();
                records.position(records.position() + 2 + records.getShort(records.position()));
            }
            assertThat(last).isEqualTo(21);
        }
    }

    private static SSLSocket client(Socket over, String version) throws Exception {
        SSLSocket client =
                (SSLSocket) context(null).getSocketFactory().createSocket(over, "127.0.0.1", over.getPort(), true);
        client.setEnabledProtocols(new String[] {version});
        client.startHandshake();
        return client;
    }

    /** A socket that keeps what was read from it. */
    private static final class Tapped extends Socket {
        final ByteArrayOutputStream read = new ByteArrayOutputStream();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int count = super.read(into, offset, length);
                    read.write(into, offset, Math.max(0, count));
                    return count;
                }
            };
        }
    }

    @Test
    void aServerOfTheJdkWithAShortRsaKeyIsDialled() throws Exception {
        // js2p makes keys of 1024 bits.
        try (Ends ends = new Ends();
                SSLServerSocket server = (SSLServerSocket) context(rsa1024())
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept();
                        InputStream in = socket.getInputStream()) {
                    return in.readAllBytes();
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            });
            Connection connection = ends.transport(Ends.config())
                    .dial("127.0.0.1", server.getLocalPort(), new Recorder(), DialOptions.TLS_UNVERIFIED)
                    .get();
            connection.write(new byte[500]);
            connection.close();

            assertThat(read.get()).hasSize(500);
        }
    }

    @Test
    void aPlaintextClientOfATlsPortIsRefusedWithAReason() throws Exception {
        try (Ends ends = new Ends()) {
            Transport transport = ends.transport(Ends.config());
            Listener listener = ends.listen(transport, Encryption.TLS_UNVERIFIED);
            Socket plain = ends.socket(listener);
            plain.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

            await().until(() -> transport.stats().closed().containsKey(Kind.HANDSHAKE_FAILED));
            assertThat(ends.next().order).isEmpty();
            assertThat(transport.stats().openedIncoming()).isZero();
        }
    }

    @Test
    void aTlsClientOfAPlaintextPortFailsWithAReason() throws Exception {
        try (Ends ends = new Ends();
                ServerSocket plain = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream()
                            .write("hello, who are you?".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    throw new java.io.UncheckedIOException(gone);
                }
            });
            Transport transport = ends.transport(Ends.config());

            CompletableFuture<Connection> dial =
                    transport.dial("127.0.0.1", plain.getLocalPort(), new Recorder(), DialOptions.TLS_UNVERIFIED);
            assertThat(LimitsTest.failure(dial)).isEqualTo(DialFailedException.Kind.HANDSHAKE_FAILED);
            assertThat(dial.handle((connected, thrown) -> String.valueOf(thrown))
                            .join())
                    .contains("the peer does not speak TLS")
                    .as("what the peer has sent, in hexadecimal")
                    .doesNotContain("68656c6c6f");
            answer.handle((done, thrown) -> done).join();
        }
    }

    @Test
    void theCertificateIsWhatAnotherLibraryReads() throws Exception {
        SelfSigned own = SelfSigned.create();

        X509CertificateHolder read = new X509CertificateHolder(own.certificate().getEncoded());
        assertThat(read.isSignatureValid(new JcaContentVerifierProviderBuilder().build(own.certificate())))
                .isTrue();
        assertThat(read.getVersionNumber()).isEqualTo(3);
        assertThat(read.getSubject()).isEqualTo(read.getIssuer()).hasToString("CN=unverified");
        assertThat(read.isValidOn(java.util.Date.from(Instant.now()))).isTrue();
        assertThat(read.isValidOn(java.util.Date.from(Instant.now().plus(Duration.ofDays(3640)))))
                .isTrue();
        assertThat(read.isValidOn(java.util.Date.from(Instant.now().plus(Duration.ofDays(3660)))))
                .isFalse();
        assertThat(read.getSerialNumber()).isPositive();
        own.certificate().verify(own.certificate().getPublicKey());
        assertThat(SelfSigned.create().certificate()).isNotEqualTo(own.certificate());
    }

    private static KeyStore rsa1024() throws Exception {
        var generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var pair = generator.generateKeyPair();
        var name = new org.bouncycastle.asn1.x500.X500Name("CN=js");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                java.util.Date.from(Instant.now().minusSeconds(60)),
                java.util.Date.from(Instant.now().plusSeconds(3600)),
                name,
                pair.getPublic());
        X509Certificate certificate = new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
        return store;
    }

    private static SSLContext context(@org.jspecify.annotations.Nullable KeyStore keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, new char[0]);
        context.init(factory.getKeyManagers(), new TrustManager[] {new Anyone()}, new SecureRandom());
        return context;
    }

    private static final class Anyone implements X509TrustManager {
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
