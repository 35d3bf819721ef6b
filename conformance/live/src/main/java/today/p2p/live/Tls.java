package today.p2p.live;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS as the encryption SSL has it: every side has a certificate of its own making, and nobody looks at the other's. */
public final class Tls {
    private static final SSLSocketFactory FACTORY = context().getSocketFactory();
    private static final int HANDSHAKE_MS = 10_000;

    // DER: of a signature of SHA-256 with ECDSA, and of a validity from 2000 to 2099.
    private static final String ALGORITHM = "300a06082a8648ce3d040302";
    private static final String FROM = "000101000000Z";
    private static final String TO = "20991231235959Z";
    private static final int SEQUENCE = 0x30;

    private Tls() {}

    /** TLS over a connection that this end has dialled, shaken hands. */
    public static Socket client(Socket plain) throws IOException {
        String host = plain.getInetAddress().getHostAddress();
        return shaken((SSLSocket) FACTORY.createSocket(plain, host, plain.getPort(), true), plain);
    }

    /** TLS over a connection that the other end has dialled; these of its bytes were read already. */
    public static Socket server(Socket plain, byte... read) throws IOException {
        InputStream before = new ByteArrayInputStream(read);
        return shaken((SSLSocket) FACTORY.createSocket(plain, before, true), plain);
    }

    private static Socket shaken(SSLSocket socket, Socket plain) throws IOException {
        try {
            plain.setSoTimeout(HANDSHAKE_MS);
            socket.startHandshake();
            plain.setSoTimeout(0);
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static SSLContext context() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("peer", keys.getPrivate(), new char[0], new Certificate[] {certificate(keys)});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static Certificate certificate(KeyPair keys) throws GeneralSecurityException {
        byte[] algorithm = HexFormat.of().parseHex(ALGORITHM);
        byte[] validity = der(SEQUENCE, der(0x17, ascii(FROM)), der(0x18, ascii(TO)));
        byte[] attribute = der(SEQUENCE, HexFormat.of().parseHex("0603550403"), der(0x0c, ascii("raw peer")));
        byte[] name = der(SEQUENCE, der(0x31, attribute));
        byte[] serial = der(0x02, BigInteger.ONE.toByteArray());
        byte[] version = der(0xa0, der(0x02, BigInteger.TWO.toByteArray()));
        byte[] body = der(
                SEQUENCE,
                version,
                serial,
                algorithm,
                name,
                validity,
                name,
                keys.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] whole = der(SEQUENCE, body, algorithm, der(0x03, new byte[1], signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        // A length in two bytes where one is enough would be no DER.
        byte[] length = content.size() < 0x80
                ? new byte[] {(byte) content.size()}
                : content.size() < 0x100
                        ? new byte[] {(byte) 0x81, (byte) content.size()}
                        : ByteBuffer.allocate(3)
                                .put((byte) 0x82)
                                .putShort((short) content.size())
                                .array();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        whole.writeBytes(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    /** Certificates of the network are nobody's. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

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
