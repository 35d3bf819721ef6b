package today.p2p.runtime;

import today.p2p.kernel.Address;
import today.p2p.msgpack.Bytes;

/** One connection, as the link stage sees it. But for {@link #loop}, all on its own thread. */
interface Wire {
    /** The address of the other end, numeric. */
    Address remote();

    /** Its thread. */
    Loop loop();

    /** Writes in one piece; {@link WireEvents#written} tells when the bytes have left. */
    void write(Bytes frame);

    /** Whether chunks are wanted; they are at first. */
    void reads(boolean wanted);

    /** Ends the connection: at once, or after what was written before. */
    void shut(boolean drains);
}
