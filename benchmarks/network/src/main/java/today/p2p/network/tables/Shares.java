package today.p2p.network.tables;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import today.p2p.clusters.Member;

/** Some of the members hold each key; all write and read in turn, and none reads what it wrote. */
final class Shares {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(4);

    private final List<Member> members;
    private final TableSubject.Calls calls;
    private final Content content = new Content();
    private final String[] keys;
    /** What each key was given last. */
    private final long[] written;

    private long number;

    Shares(List<Member> members, TableSubject.Calls calls) {
        this.members = members;
        this.calls = calls;
        keys = Content.keys(calls.keys());
        written = new long[keys.length];
    }

    void measure(TableWorker.Time time) throws InterruptedException {
        // Where nobody says when a write is done, it is when another member has read it.
        Call put = calls.losesSome() ? this::putSeen : this::put;
        long warmUp = time.warmUp() / 2;
        // Each key is written at least once, so that all can be read.
        rate(0, keys.length, put);
        rate(warmUp, put);
        if (!calls.losesSome()) {
            TableWorker.tell("puts", rate(time.measured(), put));
        }
        // Whatever a library calls done: what was written last has come to where it is read.
        rate(0, keys.length, this::see);
        rate(warmUp, this::get);
        TableWorker.tell("gets", rate(time.measured(), this::get));
        latency(warmUp / 2);
        TableWorker.tell("p50", latency(time.measured()).getValueAtPercentile(50) / 1e3);
        if (members.get(0) instanceof ChordMember) {
            rate(warmUp, this::confirm);
            TableWorker.tell("confirmed", rate(time.measured(), this::confirm));
        }
        if (calls.losesSome() || members.get(0) instanceof ChordMember) {
            TableWorker.tell("seen", rate(time.measured(), this::putSeen));
        }
    }

    private CompletableFuture<?> put(int turn) {
        return writer(turn).put(key(turn), next(turn));
    }

    private CompletableFuture<?> confirm(int turn) {
        return ((ChordMember) writer(turn)).confirm(key(turn), next(turn));
    }

    /** A write until another member has read it. */
    private CompletableFuture<?> putSeen(int turn) {
        return put(turn).thenCompose(done -> see(turn));
    }

    private CompletableFuture<Void> see(int turn) {
        return see(turn, System.nanoTime() + PATIENCE);
    }

    private CompletableFuture<Void> see(int turn, long end) {
        return get(turn)
                .exceptionallyCompose(failure ->
                        System.nanoTime() - end < 0 ? see(turn, end) : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Void> get(int turn) {
        long last = written[turn % keys.length];
        return reader(turn).get(key(turn)).thenAccept(value -> {
            if (value == null || Content.number(value) != last) {
                throw new IllegalStateException(
                        value == null ? "a key that was written is absent" : "a member read what was written before");
            }
        });
    }

    private String key(int turn) {
        return keys[turn % keys.length];
    }

    private byte[] next(int turn) {
        written[turn % keys.length] = number;
        return content.value(number++);
    }

    /** The same for a key each time. */
    private Member writer(int turn) {
        return members.get(turn % keys.length % members.size());
    }

    /** All others in turn. */
    private Member reader(int turn) {
        int away = 1 + turn / keys.length % (members.size() - 1);
        return members.get((turn % keys.length + away) % members.size());
    }

    private double rate(long millis, Call call) throws InterruptedException {
        return rate(millis, 1, call);
    }

    /** How many a second end well. */
    private double rate(long millis, int least, Call call) throws InterruptedException {
        Semaphore room = new Semaphore(calls.underWay());
        LongAdder done = new LongAdder();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        int turn = 0;
        for (; turn < least || System.nanoTime() - end < 0; turn++) {
            room.acquire();
            call.begin(turn & Integer.MAX_VALUE).whenComplete((value, failure) -> {
                if (failure == null) {
                    done.increment();
                } else {
                    failed.compareAndSet(null, failure);
                }
                room.release();
            });
        }
        room.acquire(calls.underWay());
        requireMost(done.sum(), turn, failed.get());
        return done.sum() * 1e9 / (System.nanoTime() - began);
    }

    /** One that fails ends the trial, and half of them where some may. */
    private void requireMost(long done, long begun, @Nullable Throwable failure) {
        if (failure != null && (!calls.losesSome() || done * 2 <= begun)) {
            Throwable why = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalStateException(begun - done + " of " + begun + " calls failed: " + why.getMessage());
        }
    }

    /** Of a call that fails, too: it took that long. */
    private Histogram latency(long millis) {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int turn = 0; System.nanoTime() - end < 0; turn++) {
            long began = System.nanoTime();
            try {
                get(turn).join();
            } catch (CompletionException failed) {
                if (!calls.losesSome()) {
                    throw failed;
                }
            }
            latencies.recordValue(System.nanoTime() - began);
        }
        return latencies;
    }

    /** Begins what is counted. */
    private interface Call {
        CompletableFuture<?> begin(int turn);
    }
}
