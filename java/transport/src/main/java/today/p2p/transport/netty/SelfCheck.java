package today.p2p.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Whether who dials an address would meet himself. */
final class SelfCheck {
    private SelfCheck() {}

    static boolean reaches(InetSocketAddress target, InetSocketAddress listener) {
        if (target.getPort() != listener.getPort()) {
            return false;
        }
        InetAddress to = target.getAddress();
        InetAddress own = listener.getAddress();
        if (to.equals(own)) {
            return true;
        }
        // To dial the wildcard is to dial this machine.
        if (own.isAnyLocalAddress()) {
            return to.isAnyLocalAddress() || to.isLoopbackAddress() || isOfThisMachine(to);
        }
        return to.isAnyLocalAddress() && own.isLoopbackAddress();
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
