package today.p2p.sync;

import java.util.Objects;
import today.p2p.msgpack.Bytes;

/**
 * Who changed a key, and when.
 *
 * @param owner the id of the node, as bytes; text counts as its UTF-8 (MSG-8)
 * @param time in seconds since 1970, 0..2^63-1
 */
public record Revision(Bytes owner, long time) {
    public Revision {
        Objects.requireNonNull(owner);
        if (time < 0) {
            throw new IllegalArgumentException("time " + time + " is not in 0..2^63-1");
        }
    }
}
