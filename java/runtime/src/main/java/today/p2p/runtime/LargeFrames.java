package today.p2p.runtime;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import today.p2p.runtime.turns.Faults;
import today.p2p.runtime.turns.Turns;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.LargeFrame;

/**
 * Reads frames that take long, on a thread of its own and in turns by the time that they took (LNK-29): the loops have
 * milliseconds for others meanwhile, and who sends many bombs waits for them itself. A link has at most one here. The
 * thread is there while there is something to do. Safe for use by several threads.
 */
final class LargeFrames {
    private static final long IDLE_SECONDS = 5;

    /** How many times as long as a frame took that was refused the thread does nothing after it. */
    private static final long RESTS = 3;

    private final ThreadPoolExecutor thread;
    private final Turns turns;
    private final LongSupplier nanos;

    /** @param nanos a monotonic clock */
    LargeFrames(Faults faults, LongSupplier nanos) {
        this.nanos = nanos;
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread made = new Thread(task, "p2p-large-frames");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
        turns = new Turns(this::execute, faults, Long.MAX_VALUE, isBusy -> true);
    }

    /** For all links to one host. */
    Reader reader() {
        return new Reader();
    }

    /** Reads no more. */
    void stop() {
        turns.stop();
        thread.shutdownNow();
    }

    /** Bombs one after the other would otherwise have a processor for themselves; sound frames pay for nobody's. */
    private static void rest(long nanos) {
        LockSupport.parkNanos(RESTS * nanos);
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException stopped) {
            // Whoever waits for it is being closed.
            return;
        }
    }

    /** The turns of one host. */
    final class Reader {
        private final Turns.Host host = new Turns.Host();

        /**
         * Reads a frame when it is its turn.
         *
         * @param isWanted asked before; if not, it is dropped
         * @param done takes what came of it, on the thread that has read it; empty: a defect, which is reported
         */
        void read(LargeFrame frame, BooleanSupplier isWanted, Consumer<Optional<Decoded>> done) {
            turns.add(new Turns.Lane(host), () -> {
                if (!isWanted.getAsBoolean()) {
                    return 0;
                }
                long began = nanos.getAsLong();
                try {
                    Decoded decoded = frame.read();
                    done.accept(Optional.of(decoded));
                    if (decoded instanceof Decoded.Refused) {
                        rest(nanos.getAsLong() - began);
                    }
                } catch (Throwable defect) {
                    // An error, too: its link would wait for ever.
                    done.accept(Optional.empty());
                    throw defect;
                }
                return nanos.getAsLong() - began;
            });
        }
    }
}
