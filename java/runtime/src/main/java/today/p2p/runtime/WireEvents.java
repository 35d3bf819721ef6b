package today.p2p.runtime;

import java.nio.ByteBuffer;
import today.p2p.kernel.CloseReason;

/** What happens on one connection; each call on its thread, {@link #up} first and {@link #down} last. */
interface WireEvents {
    /** The connection is there. */
    void up(Wire wire);

    /** Bytes came; they are taken before this returns. */
    void received(ByteBuffer chunk);

    /** So many bytes have left. */
    void written(long bytes);

    /** The connection has ended, or never came about when {@link #up} was not called. */
    void down(CloseReason reason);
}
