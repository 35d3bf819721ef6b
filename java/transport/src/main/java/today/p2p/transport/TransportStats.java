package today.p2p.transport;

import java.time.Duration;
import java.util.Map;

/**
 * What has happened on one transport so far; the numbers are read one after the other, not all at once.
 *
 * @param age since it was opened
 * @param open connections now
 * @param pending connections in preparation now, dials included
 * @param openedIncoming connections that peers opened
 * @param openedOutgoing connections that this side opened
 * @param refused incoming connections that a limit refused, by limit; those without any are not in the map
 * @param closed ended connections by reason, those whose handshake failed included; kinds without any are not in
 *     the map
 * @param acceptErrors failures to accept, for example when there are no more descriptors
 * @param bytesIn bytes received on all connections
 * @param bytesOut bytes that the sockets took
 * @param queuedBytes bytes that wait for the sockets
 */
public record TransportStats(
        Duration age,
        int open,
        int pending,
        long openedIncoming,
        long openedOutgoing,
        Map<Limit, Long> refused,
        Map<DisconnectReason.Kind, Long> closed,
        long acceptErrors,
        long bytesIn,
        long bytesOut,
        long queuedBytes) {

    /** The limits that refuse a connection. */
    public enum Limit {
        /** Connections in all. */
        TOTAL,
        /** Connections with one address. */
        PER_ADDRESS,
        /** Connections in preparation. */
        PENDING,
        /** {@link TransportConfig#admits} did not. */
        NOT_ADMITTED
    }

    public TransportStats {
        refused = Map.copyOf(refused);
        closed = Map.copyOf(closed);
    }
}
