package today.p2p.runtime;

import java.util.concurrent.atomic.LongAdder;

/** What has happened since the start. Safe for use by several threads. */
final class Counters {
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder linksOpened = new LongAdder();
    private final LongAdder linksClosed = new LongAdder();
    private final LongAdder dialsFailed = new LongAdder();

    void bytesIn(long bytes) {
        bytesIn.add(bytes);
    }

    void bytesOut(long bytes) {
        bytesOut.add(bytes);
    }

    void received() {
        received.increment();
    }

    void sent() {
        sent.increment();
    }

    void delivered() {
        delivered.increment();
    }

    void linkOpened() {
        linksOpened.increment();
    }

    void linkClosed() {
        linksClosed.increment();
    }

    void dialFailed() {
        dialsFailed.increment();
    }

    NodeStatus.Totals totals(long faults) {
        return new NodeStatus.Totals(
                bytesIn.sum(),
                bytesOut.sum(),
                received.sum(),
                sent.sum(),
                delivered.sum(),
                linksOpened.sum(),
                linksClosed.sum(),
                dialsFailed.sum(),
                faults);
    }
}
