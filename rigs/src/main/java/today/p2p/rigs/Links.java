package today.p2p.rigs;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import today.p2p.ids.ProtocolId;

/** Plain sockets that shake hands. */
final class Links {
    private static final int ADDRESSES = 200;

    private Links() {}

    /** A link that has shaken hands, from one of many addresses. */
    static Socket open(InetSocketAddress target, int number) throws IOException {
        return open(target, number, Peerage.PROTOCOL);
    }

    static Socket open(InetSocketAddress target, int number, ProtocolId protocol) throws IOException {
        Socket socket = new Socket();
        byte[] from = {127, 2, 0, (byte) (1 + number % ADDRESSES)};
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
        socket.connect(target, 10_000);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(Peerage.handshake(Peerage.id(number), protocol));
        frame(socket); // its handshake
        frame(socket); // its list of peers
        return socket;
    }

    private static void frame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readFully(new byte[in.readInt()]);
    }
}
