package today.p2p.runtime;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import today.p2p.runtime.turns.Faults;
import today.p2p.runtime.turns.Turns;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.LargeFrame;

/**
 * Reads frames that take long, on a thread of its own and in turns by the time that they took (LNK-29, LNK-30): the
 * loops have milliseconds for others meanwhile, and who sends many bombs waits for them itself. After a frame that is
 * refused nothing is read for a while, or bombs one after the other would have a processor for themselves; whoever's
 * turn is next waits for that while, which is counted as time of the one who was refused. A link has at most one
 * frame here. The thread is there while there is something to do. Safe for use by several threads.
 */
final class LargeFrames {
    private static final long IDLE_SECONDS = 5;

    /** How many times as long as a frame took that was refused nothing is read after it. */
    private static final long RESTS = 3;

    private final Executor thread;
    private final Runnable end;
    private final LongSupplier nanos;
    private final Wire.Loop timer;
    private final Turns turns;
    private volatile boolean rests;

    /**
     * Reads on a thread of its own.
     *
     * @param nanos a monotonic clock
     * @param timer wakes it after a rest
     */
    static LargeFrames onOwnThread(Faults faults, LongSupplier nanos, Wire.Loop timer) {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, "p2p-large-frames");
                    made.setDaemon(true);
                    made.setPriority(Thread.MIN_PRIORITY);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
        return new LargeFrames(thread, thread::shutdownNow, faults, nanos, timer);
    }

    /** @param thread runs one task after the other, until {@code end} has run */
    LargeFrames(Executor thread, Runnable end, Faults faults, LongSupplier nanos, Wire.Loop timer) {
        this.thread = thread;
        this.end = end;
        this.nanos = nanos;
        this.timer = timer;
        turns = new Turns(this::execute, faults, Turns.Rule.of(standing -> !rests), nanos);
    }

    /** For all links to one host. */
    Reader reader() {
        return new Reader();
    }

    /** Reads no more. */
    void stop() {
        turns.stop();
        end.run();
    }

    private void rest(long forNanos) {
        rests = true;
        timer.after(forNanos, () -> {
            rests = false;
            turns.wake();
        });
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
                Decoded decoded = decode(frame, done);
                long took = nanos.getAsLong() - began;
                if (decoded instanceof Decoded.Refused) {
                    rest(RESTS * took);
                    took += RESTS * took;
                }
                return took;
            });
        }

        private Decoded decode(LargeFrame frame, Consumer<Optional<Decoded>> done) {
            try {
                Decoded decoded = frame.read();
                done.accept(Optional.of(decoded));
                return decoded;
            } catch (Throwable defect) {
                // An error, too: its link would wait for ever.
                done.accept(Optional.empty());
                throw defect;
            }
        }
    }
}
