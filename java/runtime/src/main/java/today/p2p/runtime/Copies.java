package today.p2p.runtime;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.kernel.Timer;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.runtime.turns.Turns;
import today.p2p.serializer.Codec;
import today.p2p.serializer.PackedMessage;

/**
 * The copies that a node makes of messages for its links: so many at most are on their way to the threads of the links, and
 * so many of what others have broadcast in a second (MSH-27, MSH-31); and of several threads that need one compressed, one does it.
 * {@link #mayGo}, {@link #made} and {@link #relayed} are for the thread of the node stage, the rest is for any.
 */
final class Copies {
    /**
     * Some milliseconds of work for the threads of the links: a message that comes now waits for no more than these.
     * With fewer, a thread that is busy with a large body, which it hashes, inflates or compresses, holds up the links
     * of all others.
     */
    static final int MOST = 1024;

    /** The same for messages of who has little to say: it is not held up by who has much. */
    static final int MOST_CALM = 5 * MOST;

    /** The same of those that the {@link Ferry} takes there, since they have time. */
    static final int MOST_LATE = 4 * MOST;

    /** Who waits for a message that is being compressed. */
    private final Map<Work, Queue<Runnable>> works = new ConcurrentHashMap<>();

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final Supplier<Time> clock;
    private final long nanosPerCopy;
    private final Wire.Loop home;
    private final Runnable listener;
    private final Ferry ferry;
    private final Bucket forCalm;
    private final Bucket forBusy;
    private Bucket paying;
    private boolean mayBeLate;
    /** Made on the thread of the node stage since others there have had their turn; of that thread alone. */
    private int atOnce;

    private long at;

    /** @param listener runs, on any thread, when the next message may go again */
    Copies(NodeLimits limits, Wire.Loop home, Supplier<Time> clock, Runnable listener) {
        this.clock = clock;
        this.home = home;
        this.listener = listener;
        nanosPerCopy = Math.max(1, Time.SECOND / limits.of(Limit.MAX_RELAY_RATE));
        ferry = new Ferry(home, clock);
        forCalm = new Bucket(home);
        forBusy = new Bucket(home);
        paying = forCalm;
        at = clock.get().nanos();
    }

    /** Who of those that have messages is busy, and which may go. */
    Turns.Rule rule(NodeLimits limits) {
        return new Turns.Rule(limits.of(Limit.MAX_CALM), limits.nanos(Timer.BUSY_FOR), this::mayGo);
    }

    /** Whether the next message, of a host that stands so, may be handled (MSH-31, MSH-33). */
    boolean mayGo(Turns.Standing standing) {
        boolean isMuch = standing == Turns.Standing.BUSY || standing == Turns.Standing.LEAST;
        paying = standing == Turns.Standing.BUSY ? forBusy : forCalm;
        mayBeLate = isMuch && forBusy.isLow();
        boolean fits = mayBeLate ? late.get() <= MOST_LATE : underWay.get() + atOnce <= (isMuch ? MOST : MOST_CALM);
        return fits && paying.hasRoom(left(standing));
    }

    /** Quarters of the half for those that are calm which stay when others have their part of it. */
    private static int left(Turns.Standing standing) {
        return switch (standing) {
            case CALM, BUSY -> 0;
            case WAS_BUSY -> 1;
            case LEAST -> 3;
        };
    }

    /**
     * Whether copies of the message that {@link #mayGo} was asked about last may be late: the rate limits its like, and they
     * have waited for it already (MSH-34).
     */
    boolean mayBeLate() {
        return mayBeLate;
    }

    /** What takes those to their links. */
    Ferry ferry() {
        return ferry;
    }

    /** So many copies were made of what another node has broadcast, the one that {@link #mayGo} was asked about last. */
    void relayed(long copies) {
        fill();
        paying.owed += copies * nanosPerCopy;
    }

    /** Half for each, and what one of them has no place for is the other's. */
    private void fill() {
        Time now = clock.get();
        long each = now.since(at) / 2;
        forBusy.owed -= each + forCalm.fill(each);
        forCalm.fill(forBusy.fill(0));
        at += 2 * each;
    }

    /**
     * Whether the frame of a message is there. When nobody has compressed it for this codec yet, this thread does so
     * now, and it is. When another thread is just at it, it is not; that thread runs {@code later} as soon as it is done.
     */
    boolean isReady(PackedMessage message, @Nullable Codec codec, Runnable later) {
        while (codec != null && !message.isCoded(codec)) {
            Work work = new Work(message, codec);
            Queue<Runnable> own = new ConcurrentLinkedQueue<>();
            Queue<Runnable> waiting = works.putIfAbsent(work, own);
            if (waiting == null) {
                compress(work, own);
                return true;
            }
            waiting.add(later);
            if (works.get(work) == waiting) {
                return false;
            }
            // It ended while this was added, and may not have seen it.
        }
        return true;
    }

    private void compress(Work work, Queue<Runnable> waiting) {
        try {
            work.message.frameFor(work.codec);
        } catch (NotEncodableException aboveOurLimit) {
            // Whoever sends it is told the same.
            return;
        } finally {
            works.remove(work);
            waiting.forEach(Runnable::run);
        }
    }

    /** A copy is made on the thread of the node stage: it counts until the other tasks of that loop have run. */
    void made() {
        // Elsewhere, few are made in a row.
        if (home.isCurrent() && atOnce++ == 0) {
            home.execute(this::othersHaveRun);
        }
    }

    private void othersHaveRun() {
        boolean wasFull = underWay.get() + atOnce > MOST;
        atOnce = 0;
        if (wasFull) {
            listener.run();
        }
    }

    /** A copy is on its way to the thread of its link. */
    void begun(boolean isLate) {
        (isLate ? late : underWay).incrementAndGet();
    }

    /** It has come there, or its link is gone. */
    void ended(boolean isLate) {
        int left = (isLate ? late : underWay).decrementAndGet();
        if (left == (isLate ? MOST_LATE : MOST) / 2) {
            listener.run();
        }
    }

    /** Half of the copies of a second (MSH-27). On the thread of the node stage alone. */
    private final class Bucket {
        private final long size = Math.max(Time.SECOND / 2, nanosPerCopy);
        private final Alarm alarm;
        // In nanoseconds that a full bucket lacks.
        private long owed;

        Bucket(Wire.Loop home) {
            alarm = new Alarm(home, clock, listener);
        }

        /** Whether there is something beyond so many quarters of all. */
        boolean hasRoom(int quarters) {
            long beyond = beyond(quarters);
            if (beyond > 0) {
                Copies.this.fill();
                beyond = beyond(quarters);
            }
            if (beyond > 0) {
                // Not later than it may be so: the other bucket may be full, and give its part as well.
                alarm.set(OptionalLong.of(at + beyond));
            }
            return beyond <= 0;
        }

        boolean isLow() {
            return owed > size / 2;
        }

        private long beyond(int quarters) {
            return owed + nanosPerCopy - size + quarters * (size - nanosPerCopy) / 4;
        }

        /** What is left of so much, when this is full. */
        long fill(long nanos) {
            owed -= nanos;
            long left = Math.max(0, -owed);
            owed += left;
            return left;
        }
    }

    /** A message that is being compressed. */
    private record Work(PackedMessage message, Codec codec) {}
}
