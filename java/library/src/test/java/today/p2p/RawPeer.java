package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A peer that is nothing but a socket and recorded bytes: none of our code is on its side. */
final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    RawPeer(MeshNetwork node) throws IOException {
        this(new Socket("127.0.0.1", node.address().port()));
    }

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) Town.SOON.toMillis());
        in = new DataInputStream(socket.getInputStream());
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The bare message of the next frame, whose header and checksum hold. */
    byte[] next() throws Exception {
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        byte[] bare = Arrays.copyOfRange(body, 32, body.length);
        byte[] checksum = MessageDigest.getInstance("SHA-256").digest(bare);
        assertThat(Arrays.copyOf(body, 32)).isEqualTo(checksum);
        return bare;
    }

    /** The same, past all that does not hold this text. */
    byte[] nextWith(String text) throws Exception {
        while (true) {
            byte[] bare = next();
            if (new String(bare, StandardCharsets.ISO_8859_1).contains(text)) {
                return bare;
            }
        }
    }

    /** Whether the other side has ended the connection. */
    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** What one side of a recorded scene wrote. */
    static List<byte[]> recorded(String scene, String side) throws IOException {
        try (InputStream file = RawPeer.class.getResourceAsStream(scene + ".chunks")) {
            assertThat(file).as(scene).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(side + " "))
                    .map(line -> HexFormat.of().parseHex(line.substring(side.length() + 1)))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
