package today.p2p.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import today.p2p.ids.AddressText;
import today.p2p.ids.Encryption;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.Self;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/** Plain sockets that shake hands as a made-up node; whoever is dialled is told the same. */
final class Greeter {
    private static final ProtocolId PROTOCOL = ProtocolId.of(Meshes.SUBNET, Encryption.PLAINTEXT);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int HOSTS = 200;

    private final byte[] greeting;
    private final byte[] host;

    /** @param number makes it unlike all others */
    Greeter(int number) {
        Address address = new Address("127.0.0.1", 0);
        NodeId id = NodeId.of(AddressText.QUOTED.of(address.host(), address.port()), PROTOCOL, "greeter " + number);
        Self self = new Self(id, PROTOCOL, Dialect.UNIVERSAL, address, List.of());
        Message message = new Message(
                Opcode.WHISPER.number(), self.idValue(), System.currentTimeMillis() / 1000, self.handshake());
        greeting = PackedMessage.of(message, Limits.DEFAULT).frameFor(null).toArray();
        // Many addresses: each has ports of its own, which a closed connection occupies for a minute.
        host = new byte[] {127, 2, 0, (byte) (1 + number % HOSTS)};
    }

    /** A link on which both have said all that there is to say. */
    Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(host), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        socket.getOutputStream().write(greeting);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int frame = 0; frame < 2; frame++) {
            in.readFully(new byte[in.readInt()]);
        }
        return socket;
    }
}
