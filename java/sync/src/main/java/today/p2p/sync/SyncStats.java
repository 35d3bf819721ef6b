package today.p2p.sync;

import java.util.Map;

/**
 * Figures of one replica.
 *
 * @param entries how many keys
 * @param bytes what they cost (SYN-10)
 * @param deletions how many deletions are remembered
 * @param joinsReceived join stores that have come since the beginning
 * @param joinsSent join stores that have been sent since the beginning
 * @param transfers how many peers are being sent the entries
 * @param refused how often something was not done, and why
 */
public record SyncStats(
        int entries,
        long bytes,
        int deletions,
        long joinsReceived,
        long joinsSent,
        int transfers,
        Map<Refusal, Long> refused) {}
