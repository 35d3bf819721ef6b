package today.p2p;

import java.time.Instant;
import today.p2p.msgpack.ErrorCode;

/**
 * A write was refused, since another node owns the key (LSE-7). Nothing was changed and nothing sent. The code is
 * {@code LEASE}.
 */
public final class KeyHeldException extends PeerException {
    private static final long serialVersionUID = 1L;

    private final String owner;
    private final Instant freeFrom;

    KeyHeldException(String key, String owner, Instant freeFrom) {
        super("LEASE: the key " + key + " belongs to " + owner + " until " + freeFrom, ErrorCode.LEASE);
        this.owner = owner;
        this.freeFrom = freeFrom;
    }

    /** The id of the node that owns the key: a claim that nothing proves. */
    public String owner() {
        return owner;
    }

    /** From when on this node may write the key, by its own clock, if nobody writes it before. */
    public Instant freeFrom() {
        return freeFrom;
    }
}
