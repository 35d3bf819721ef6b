package today.p2p.chord;

/**
 * Figures of one moment.
 *
 * @param entries what the node holds, copies included
 * @param bytes what that costs (CRD-10)
 * @param keys of the key list
 * @param questions that wait for answers
 * @param joinedPeers joined peers that the node has links to
 */
public record ChordStats(int entries, long bytes, int keys, int questions, int joinedPeers) {}
