package today.p2p.network;

import java.util.Locale;

/** What is done while it is measured. */
public enum Workload {
    /** Messages in one direction between two processes. Figure: {@code rate}, messages a second. */
    ONE_WAY(true),
    /**
     * Eight nodes in one process, each linked to each; all broadcast, as fast as all others have what was sent
     * before. Figure: {@code rate}, deliveries a second.
     */
    FLOOD(false),
    /** The same nodes, 200 broadcasts a second. Figures: {@code p50} and {@code p99} in microseconds. */
    FLOOD_SLOWLY(false),
    /** Links that have shaken hands and say nothing. Figure: {@code heap}, bytes for each. */
    IDLE(true),
    /**
     * Links that are opened, shake hands and are closed. Figure: {@code rate}, of these a second.
     */
    GREET(true);

    private final boolean hasClient;

    Workload(boolean hasClient) {
        this.hasClient = hasClient;
    }

    /** Whether a second process takes part. */
    boolean hasClient() {
        return hasClient;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
