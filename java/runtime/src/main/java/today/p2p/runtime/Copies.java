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
import today.p2p.msgpack.NotEncodableException;
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

    /**
     * How many copies there has to be room for again before busy hosts go on, and how many may then be on their way: several
     * messages go to each link in one write, and it is the writes that cost.
     */
    static final int BUNCH = 4 * MOST;

    /** Who waits for a message that is being compressed. */
    private final Map<Work, Queue<Runnable>> works = new ConcurrentHashMap<>();

    private final AtomicInteger underWay = new AtomicInteger();
    private final Supplier<Time> clock;
    private final long nanosPerCopy;
    private final Wire.Loop home;
    private final Runnable listener;
    private final Bucket forCalm;
    private final Bucket forBusy;
    private Bucket paying;
    /** Made on the thread of the node stage since others there have had their turn; of that thread alone. */
    private int atOnce;

    private long at;

    /** @param listener runs, on any thread, when the next message may go again */
    Copies(NodeLimits limits, Wire.Loop home, Supplier<Time> clock, Runnable listener) {
        this.clock = clock;
        this.home = home;
        this.listener = listener;
        nanosPerCopy = Math.max(1, Time.SECOND / limits.of(Limit.MAX_RELAY_RATE));
        forCalm = new Bucket(home, 1);
        forBusy = new Bucket(home, BUNCH);
        paying = forCalm;
        at = clock.get().nanos();
    }

    /**
     * Whether the next message may be handled.
     *
     * @param isBusy whether much of its host waits (MSH-31)
     */
    boolean mayGo(boolean isBusy) {
        paying = isBusy ? forBusy : forCalm;
        int most = isBusy ? forBusy.mostUnderWay() : MOST + BUNCH;
        return underWay.get() + atOnce <= most && paying.hasRoom();
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
        if (atOnce++ == 0) {
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
    void begun() {
        underWay.incrementAndGet();
    }

    /** It has come there, or its link is gone. */
    void ended() {
        if (underWay.decrementAndGet() == MOST / 2) {
            listener.run();
        }
    }

    /** Half of the copies of a second (MSH-27). On the thread of the node stage alone. */
    private final class Bucket {
        private final long size = Math.max(Time.SECOND / 2, nanosPerCopy);
        private final Alarm alarm;
        private final long bunch;
        // In nanoseconds that a full bucket lacks.
        private long owed;
        private boolean isEmpty;

        Bucket(Wire.Loop home, long bunch) {
            alarm = new Alarm(home, clock, listener);
            this.bunch = Math.max(nanosPerCopy, Math.min(size / 4, bunch * nanosPerCopy));
        }

        boolean hasRoom() {
            long beyond = beyond();
            if (beyond > 0) {
                Copies.this.fill();
                beyond = beyond();
            }
            isEmpty = beyond > 0;
            if (isEmpty) {
                // Not later than it may be so: the other bucket may be full, and give its part as well.
                alarm.set(OptionalLong.of(at + beyond()));
            }
            return !isEmpty;
        }

        int mostUnderWay() {
            return owed > size / 2 ? BUNCH : MOST;
        }

        private long beyond() {
            return owed + (isEmpty ? bunch : nanosPerCopy) - size;
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
