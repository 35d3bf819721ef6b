package today.p2p.simulator;

/** What a hostile peer does to a node. */
public enum Attack {
    /** Connects and says nothing. */
    SILENCE,
    /** Sends a message, as a peer, one byte in a second. */
    TRICKLE,
    /** Sends a broadcast before any handshake. */
    BARGE_IN,
    /** Claims a frame of four gibibytes. */
    OVERSIZE,
    /** Sends a handshake of which one bit is wrong. */
    CHECKSUM,
    /** Sends bytes without any sense. */
    GARBAGE,
    /** Sends messages as fast as the connection takes them, as a peer. */
    FLOOD,
    /** Claims the id of a peer that the node has. */
    FORGED_ID,
    /** Shakes hands as itself, and then again with the id of a peer that the node has. */
    TURNCOAT,
    /** Answers every search, as a peer, with an address that must not be dialled and with a node nobody looks for. */
    LIAR,
    /** Names made-up addresses for the ids of other nodes, over and over, as a peer. */
    POISON,
    /** Asks and asks as a peer, and never reads. */
    DEAF,
    /** Sends every broadcast again that it hears, for minutes, as a peer. */
    REPLAY,
    /** Fills a table with 100,000 keys, as a peer. */
    MANY_KEYS,
    /** Puts keys and values into a table that are longer than any may be, as a peer. */
    HUGE_KEYS,
    /** Changes a table in the name of every node there is, and with owners that cannot be, as a peer. */
    FORGED_OWNERS,
    /** Puts keys into a table that are dated hours ahead, as a peer. */
    FUTURE,
    /** Sends stores and deltas of forms that are none, as a peer. */
    MISSHAPEN;

    /** Whether it is meant for the table of a node, and does nothing worth playing to one that has none. */
    public boolean isOnTable() {
        return compareTo(MANY_KEYS) >= 0;
    }
}
