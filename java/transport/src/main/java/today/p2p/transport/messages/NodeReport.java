package today.p2p.transport.messages;

import java.util.List;
import today.p2p.transport.CloseReport;

/**
 * What the close of a node could not do.
 *
 * @param connections how many links were open when it began
 * @param unsent the links that did not get all that was queued for them
 * @param undelivered messages that had come and were not handed over, since a handler did not return in time
 */
public record NodeReport(int connections, List<CloseReport.Unsent> unsent, long undelivered) {
    public NodeReport {
        unsent = List.copyOf(unsent);
    }

    /** Whether everything that was queued went out, and everything that came was handed over. */
    public boolean isDrained() {
        return unsent.isEmpty() && undelivered == 0;
    }
}
