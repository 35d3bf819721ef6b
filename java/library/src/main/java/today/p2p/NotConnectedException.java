package today.p2p;

import today.p2p.kernel.CloseReason;

/** A dial led to no peer: nobody there, another network, no handshake in time, or a limit. */
public final class NotConnectedException extends PeerException {
    private static final long serialVersionUID = 1L;

    private final transient CloseReason reason;

    NotConnectedException(String where, CloseReason reason) {
        super("no link to " + where + ": " + reason + hint(reason), reason.error());
        this.reason = reason;
    }

    /** A node of 0.7 closes without a word, and so does one that is encrypted otherwise. */
    private static String hint(CloseReason reason) {
        return reason.cause() == CloseReason.Cause.REMOTE
                ? " before they had shaken hands; its subnet or encryption may differ"
                : "";
    }

    /** Who or what ended it. */
    public CloseReason reason() {
        return reason;
    }
}
