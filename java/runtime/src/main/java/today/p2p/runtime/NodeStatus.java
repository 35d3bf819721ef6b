package today.p2p.runtime;

/**
 * How a node is. Its numbers were read one after the other, while it ran.
 *
 * @param links links, those without a handshake included
 * @param peers nodes with an open link
 * @param queuedBytes bytes that wait to be written, on all links
 * @param unhandledBytes what messages count that the node and the application are not done with
 * @param seenBroadcasts broadcasts that are remembered
 * @param openCalls calls of the application without an outcome
 * @param totals since the start
 */
public record NodeStatus(
        int links, int peers, long queuedBytes, long unhandledBytes, int seenBroadcasts, int openCalls, Totals totals) {

    /**
     * What has happened since the start.
     *
     * @param bytesIn bytes that came
     * @param bytesOut bytes that left
     * @param received messages that links handed to the node
     * @param sent messages that the node handed to links
     * @param delivered messages that the application got
     * @param linksOpened links whose transport was up
     * @param linksClosed links that have ended
     * @param dialsFailed dials that led to no connection
     * @param faults callbacks that threw, and defects
     */
    public record Totals(
            long bytesIn,
            long bytesOut,
            long received,
            long sent,
            long delivered,
            long linksOpened,
            long linksClosed,
            long dialsFailed,
            long faults) {}
}
