package today.p2p.transport.messages;

/** Bytes of a peer that are no message. */
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param detail one sentence for a person */
    public MalformedFrameException(String detail) {
        // Peers make these at will; nobody looks where.
        super(detail, null, false, false);
    }
}
