package today.p2p.kernel;

import java.util.Locale;

/**
 * How much a node allows: one constant for each row of {@code protocol-spec/registry/limits.csv} that
 * chapters 12 to 15 explain.
 */
public enum Limit {
    /** Links of a node, both directions (MSH-6). */
    MAX_LINKS(1024, true),
    /** Incoming links from one host (MSH-6). */
    MAX_LINKS_PER_ADDRESS(64, true),
    /** Incoming links without an accepted handshake (MSH-6). */
    MAX_HANDSHAKES(64, true),
    /** Faults of one address up to which it may connect (MSH-26). */
    MAX_FAULTS(8, true),
    /** Addresses whose faults are remembered (MSH-26). */
    MAX_SHUNNED(4096, true),
    /** Outgoing links up to which addresses from peers are dialled (MSH-5). */
    MAX_OUTGOING(4, true),
    /** Bytes of a host in an address (LNK-6). */
    MAX_HOST(255, false),
    /** Items of a codec list (LNK-7). */
    MAX_CODECS(64, false),
    /** Bytes of the body of a first frame (LNK-26). */
    MAX_GREETING(65536, true),
    /** Bytes that wait to be written on one link (LNK-23). */
    MAX_LINK_QUEUE(4 << 20, true),
    /** Bytes that wait to be written on all links (LNK-25). */
    MAX_QUEUE(64 << 20, true),
    /** Bytes of messages from one link that are not handled yet (LNK-28). */
    MAX_LINK_UNHANDLED(1 << 20, true),
    /** Bytes of messages from all links that are not handled yet (LNK-28). */
    MAX_UNHANDLED(16 << 20, true),
    /** Messages that are taken from one link in a second (LNK-24). */
    MAX_MESSAGE_RATE(10_000, true),
    /** Messages that are taken from one link at once (LNK-24). */
    MAX_MESSAGE_BURST(20_000, true),
    /** Bytes of a message that is kept for resend (LNK-18). */
    MAX_RESEND(1 << 20, true),
    /** Bytes a second that a frame must come with (LNK-22). */
    MIN_FRAME_RATE(16_384, true),
    /** Bytes a second that a frame must come with in its turn, while others wait (LNK-32). */
    MIN_TURN_RATE(262_144, true),
    /** Items of a list of peers that is sent (MSH-3). */
    MAX_PEERS_SENT(64, true),
    /** Items of a list of peers that are read (MSH-4). */
    MAX_PEERS_READ(64, true),
    /** Dials that one source causes in a dial-window (MSH-7). */
    MAX_DIALS_PER_SOURCE(8, true),
    /** Dials of addresses from peers that are remembered (MSH-7). */
    MAX_DIALS(1024, true),
    /** Dials that one source causes in a dial-window and that no longer count, as they found their node (MSH-28). */
    MAX_DIALS_FOUND(64, true),
    /** Copies of others' broadcasts that are made in a second (MSH-27). */
    MAX_RELAY_RATE(50_000, true),
    /** Messages of one address that may wait before it is busy (MSH-31). */
    MAX_CALM(8, true),
    /** Broadcasts that are remembered (MSH-11). */
    MAX_SEEN(262_144, true),
    /** Seconds by which an equal broadcast is dated later (MSH-13). */
    MAX_TIME_RAISE(30, true),
    /** Requests of our own without an answer (MSH-19). */
    MAX_REQUESTS(64, true),
    /** Bytes of a key of a Sync Table (SYN-9). */
    MAX_KEY(4096, false),
    /** Bytes of a value of a Sync Table in its shortest form (SYN-9). */
    MAX_VALUE(1 << 20, false),
    /** Keys of a Sync Table (SYN-10). */
    MAX_ENTRIES(262_144, true),
    /** What the entries of a Sync Table cost (SYN-10). */
    MAX_TABLE_BYTES(256 << 20, true),
    /** Deletions that are remembered (SYN-14). */
    MAX_DELETIONS(65_536, true),
    /** Bytes of entries that are handed to one link at once (SYN-15). */
    JOIN_CHUNK(65_536, true),
    /** Changes that wait for one listener (SYN-18). */
    MAX_CHANGES(4096, true),
    /** Keys of the key list of a Chord Table (CRD-12). */
    MAX_KEYS(262_144, true),
    /** Questions of a Chord Table, own ones included, that wait for answers (CRD-18). */
    MAX_QUESTIONS(10240, true),
    /** Questions of one peer that wait for answers (CRD-18). */
    MAX_LINK_QUESTIONS(256, true),
    /** Reads of a node's own that are under way (CRD-24). */
    MAX_READS(1024, true),
    /** Copies of an entry beside its owner's (CRD-26). */
    COPIES(2, false),
    /** Joined peers that a node wants on each side of itself (CRD-20). */
    RING_NEIGHBOURS(16, true),
    /** Links up to which a node dials for its place on the ring (CRD-20). */
    MAX_RING_LINKS(128, true),
    /** Positions whose copies are sent again in each round of upkeep (CRD-30). */
    COPY_AGAIN(16, true),
    /** Positions that are handed over to one py2p or js2p at a time (CRD-33). */
    FOREIGN_HANDOVER(2, true),
    /** Bytes of a key list that one py2p or js2p is told in a second (CRD-38). */
    FOREIGN_KEY_RATE(10_000, true),
    /** Bytes of join stores that wait for one py2p at a time (SYN-24). */
    FOREIGN_JOIN(24_576, true);

    private final long standard;
    private final boolean configurable;

    Limit(long standard, boolean configurable) {
        this.standard = standard;
        this.configurable = configurable;
    }

    /** The registry's value. */
    public long standard() {
        return standard;
    }

    /** Whether whoever runs a node may choose another value. */
    public boolean isConfigurable() {
        return configurable;
    }

    /** The registry's name. */
    public String registryName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
