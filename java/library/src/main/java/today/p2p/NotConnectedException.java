package today.p2p;

import today.p2p.kernel.CloseReason;

/** A dial led to no peer: nobody there, another network, no handshake in time, or a limit. */
public final class NotConnectedException extends PeerException {
    private static final long serialVersionUID = 1L;

    private final transient CloseReason reason;

    NotConnectedException(String where, CloseReason reason) {
        super("no link to " + where + ": " + reason, reason.error());
        this.reason = reason;
    }

    /** Who or what ended it. */
    public CloseReason reason() {
        return reason;
    }
}
