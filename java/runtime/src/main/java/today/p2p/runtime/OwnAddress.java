package today.p2p.runtime;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import today.p2p.kernel.Address;

/** Under which address a node that listens on all its addresses is reached by others. */
final class OwnAddress {
    private OwnAddress() {}

    /** The address itself, or in place of "all own addresses" the first one that other machines could see. */
    static Address of(InetSocketAddress bound) {
        InetAddress ip = bound.getAddress();
        InetAddress told = ip.isAnyLocalAddress() ? visible().orElseGet(InetAddress::getLoopbackAddress) : ip;
        return of(told, bound.getPort());
    }

    /** As text without the zone of an IPv6 address, which means nothing elsewhere. */
    static Address of(InetAddress ip, int port) {
        String text = ip.getHostAddress();
        int zone = text.indexOf('%');
        return new Address(zone < 0 ? text : text.substring(0, zone), port);
    }

    private static Optional<InetAddress> visible() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(OwnAddress::isUp)
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(OwnAddress::addresses)
                    .min(Comparator.comparing(ip -> !(ip instanceof Inet4Address)));
        } catch (SocketException unknown) {
            return Optional.empty();
        }
    }

    private static Stream<InetAddress> addresses(NetworkInterface network) {
        return network.inetAddresses().filter(ip -> !ip.isLoopbackAddress() && !ip.isLinkLocalAddress());
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (SocketException unknown) {
            return false;
        }
    }
}
