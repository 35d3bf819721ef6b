package today.p2p.network.tables;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import today.p2p.clusters.Member;

/** Every member holds all. Each writes keys of its own, since one that another has written may be leased. */
final class Copies {
    private static final int WEIGHED = 20_000;
    private static final int FIRST = 5;
    private static final int TURNS = 100;
    private static final int QUIET = 3;
    private static final long ALLOCATED_BY_NOBODY = 2 << 20;
    private static final int UNDER_WAY = 1024;
    private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_AGAIN = 15;
    private static final long LOOK_EVERY = TimeUnit.MICROSECONDS.toNanos(100);

    private final List<Member> members;
    private final TableSubject.Pace pace;
    private final Content content = new Content();
    private long number;
    /** In a row. */
    private int writtenAgain;

    Copies(List<Member> members, TableSubject.Pace pace) {
        this.members = members;
        this.pace = pace;
    }

    void measure(TableWorker.Time time) throws InterruptedException {
        String[] keys = Content.keys(pace.batch());
        rate(keys, time.warmUp());
        TableWorker.tell("rate", rate(keys, time.measured()));
        latencies(keys, time.warmUp() / 4);
        Histogram latencies = latencies(keys, time.measured());
        for (int percentile : new int[] {50, 99}) {
            TableWorker.tell("p" + percentile, latencies.getValueAtPercentile(percentile) / 1e3);
        }
    }

    void weigh() throws InterruptedException {
        String[] more = new String[WEIGHED];
        for (int index = 0; index < WEIGHED; index++) {
            more[index] = Content.key(pace.batch() + index);
        }
        // Each library has by then what it has once, and what it remembers of a full run.
        String[] first = Content.keys(pace.batch());
        for (int turn = 0; turn < FIRST; turn++) {
            batch(first);
            // Copies that are still under way must not outlive the memory of their broadcast: they would go round.
            liveBytes();
        }
        long before = liveBytes();
        batch(more);
        TableWorker.tell("heap", (liveBytes() - before) / (double) WEIGHED / members.size());
    }

    /** Writes a second until all members hold them. */
    private double rate(String[] keys, long millis) throws InterruptedException {
        long began = System.nanoTime();
        long writes = 0;
        while (System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(millis)) {
            batch(keys);
            writes += keys.length;
        }
        return writes * 1e9 / (System.nanoTime() - began);
    }

    /** Writes all keys and waits until all members hold what was written. */
    private void batch(String[] keys) throws InterruptedException {
        Semaphore room = new Semaphore(UNDER_WAY);
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        number++;
        for (int index = 0; index < keys.length; index++) {
            room.acquire();
            writer(index).put(keys[index], content.value(number)).whenComplete((done, failure) -> {
                failed.compareAndSet(null, failure);
                room.release();
            });
        }
        for (Member member : members) {
            for (int index = 0; index < keys.length; index++) {
                long written = System.nanoTime();
                while (!holds(member, keys[index])) {
                    requireNone(failed);
                    LockSupport.parkNanos(LOOK_EVERY);
                    written = again(written, keys, index);
                }
                writtenAgain = 0;
            }
        }
    }

    /** Where changes get lost, what does not arrive within a second is written again; else it is waited for. */
    private long again(long written, String[] keys, int index) {
        if (!pace.losesSome() || System.nanoTime() - written < AGAIN_AFTER) {
            return written;
        }
        if (++writtenAgain > MOST_AGAIN) {
            throw new IllegalStateException("a node did not come to hold what was written " + writtenAgain + " times");
        }
        writer(index).put(keys[index], content.value(number));
        return System.nanoTime();
    }

    private static void requireNone(AtomicReference<@Nullable Throwable> failed) {
        Throwable failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("a write failed", failure);
        }
    }

    /** From when a write is due until the last member has it. */
    private Histogram latencies(String[] keys, long millis) {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        long every = TimeUnit.SECONDS.toNanos(1) / pace.perSecond();
        long began = System.nanoTime();
        long due = began;
        for (int turn = 0; due - began < TimeUnit.MILLISECONDS.toNanos(millis); turn++) {
            due += every;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            number++;
            String key = keys[turn % keys.length];
            writer(turn % keys.length).put(key, content.value(number));
            for (Member member : members) {
                long written = System.nanoTime();
                while (!holds(member, key)) {
                    Thread.yield();
                    written = again(written, keys, turn % keys.length);
                }
                writtenAgain = 0;
            }
            latencies.recordValue(System.nanoTime() - due);
        }
        return latencies;
    }

    private Member writer(int index) {
        return members.get(index % members.size());
    }

    private boolean holds(Member member, String key) {
        byte[] value = member.get(key).join();
        return value != null && Content.number(value) == number;
    }

    /** When nothing is under way any more, such as copies of what all have: that shows in what is allocated. */
    private static long liveBytes() throws InterruptedException {
        long live = usedAfterCollection();
        int quiet = 0;
        for (int turn = 0; turn < TURNS && quiet < QUIET; turn++) {
            Thread.sleep(200);
            quiet = used() - live < ALLOCATED_BY_NOBODY ? quiet + 1 : 0;
            live = usedAfterCollection();
        }
        return live;
    }

    private static long usedAfterCollection() {
        System.gc();
        return used();
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
