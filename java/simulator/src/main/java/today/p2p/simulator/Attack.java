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
    REPLAY
}
