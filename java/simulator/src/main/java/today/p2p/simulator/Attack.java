package today.p2p.simulator;

/** What a hostile peer does to a node. */
public enum Attack {
    /** Connects and says nothing. */
    SILENCE,
    /** Sends a sound handshake, one byte in three seconds. */
    TRICKLE,
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
    /** Names made-up addresses for the ids of other nodes, over and over, as a peer. */
    POISON,
    /** Asks and asks as a peer, and never reads. */
    DEAF,
    /** Sends every broadcast again that it hears, for minutes, as a peer. */
    REPLAY
}
