package today.p2p.link;

/** Where a link stands; it only ever moves down this list. */
public enum LinkState {
    /** The transport is up; the peer's handshake is not accepted yet. */
    GREETING,
    /** Its handshake is accepted: messages pass. */
    OPEN,
    /** Nothing passes any more. */
    CLOSED
}
