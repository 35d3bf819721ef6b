package today.p2p.transport;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a graceful close could not do.
 *
 * @param connections how many were open when it began
 * @param unsent the connections that did not get all that was queued for them; empty when all is sent
 */
public record CloseReport(int connections, List<Unsent> unsent) {

    /**
     * What one peer did not get.
     *
     * @param connection its {@link Connection#id}
     * @param remote its address
     * @param bytes how many queued bytes the socket did not take
     */
    public record Unsent(long connection, InetSocketAddress remote, long bytes) {}

    public CloseReport {
        unsent = List.copyOf(unsent);
    }

    /** Whether every byte that was queued went out. */
    public boolean isDrained() {
        return unsent.isEmpty();
    }
}
