package today.p2p.runtime;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.msgpack.Bytes;

/** One connection, as the link stage sees it. But for {@link #loop}, all on its own thread. */
interface Wire {
    /** The address of the other end, numeric. */
    Address remote();

    /** Its thread. */
    Loop loop();

    /** The peer has broken a rule (MSH-26). */
    void fault();

    /** Writes in one piece; {@link Events#written} tells when the bytes have left. */
    void write(Bytes frame);

    /** Whether chunks are wanted; they are at first. */
    void reads(boolean wanted);

    /** Ends the connection: at once, or after what was written before. */
    void shut(boolean drains);

    /** A thread that runs what it is given, one after the other. */
    interface Loop extends Executor {
        /** Runs a task after those that were given before by the same thread; nothing happens when it has ended. */
        @Override
        void execute(Runnable task);

        /** Whether the caller is on it. */
        boolean isCurrent();

        /** Runs a task in so many nanoseconds; the result takes it back. */
        Runnable after(long nanos, Runnable task);
    }

    /** What happens on one connection; each call on its thread, {@link #up} first and {@link #down} last. */
    interface Events {
        /** The connection is there. */
        void up(Wire wire);

        /** Bytes came; they are taken before this returns. */
        void received(ByteBuffer chunk);

        /** So many bytes have left. */
        void written(long bytes);

        /** The connection has ended, or never came about when {@link #up} was not called. */
        void down(CloseReason reason);
    }
}
