package today.p2p.mesh;

import today.p2p.msgpack.Bytes;

/**
 * The hosts that count as one when links are counted: one IPv4 address, or all IPv6 addresses of a /64, which
 * one host commonly has (MSH-6).
 *
 * @param prefix the bytes that they share; empty when there is no numeric address
 * @param text the host's name, when it has no numeric address
 */
public record HostGroup(Bytes prefix, String text) {
    /** The group of a numeric address; of another text, that text. */
    public static HostGroup of(String host) {
        int zone = host.indexOf('%');
        return IpAddress.parse(zone < 0 ? host : host.substring(0, zone))
                .map(address -> new HostGroup(address.group(), ""))
                .orElseGet(() -> new HostGroup(Bytes.EMPTY, host));
    }
}
