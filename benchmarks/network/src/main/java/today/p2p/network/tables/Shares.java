package today.p2p.network.tables;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import today.p2p.clusters.Member;

/** Some of the members hold each key; all write and read in turn. */
final class Shares {
    private static final int UNDER_WAY = 64;

    private final List<Member> members;
    private final Content content = new Content();
    private final String[] keys;
    private long number;

    Shares(List<Member> members, int keys) {
        this.members = members;
        this.keys = Content.keys(keys);
    }

    void measure(TableWorker.Time time) throws InterruptedException {
        long warmUp = time.warmUp() / 2;
        // Each key is written at least once, so that all can be read.
        rate(0, keys.length, this::put);
        rate(warmUp, this::put);
        TableWorker.tell("puts", rate(time.measured(), this::put));
        rate(warmUp, this::get);
        TableWorker.tell("gets", rate(time.measured(), this::get));
        latency(warmUp / 2);
        TableWorker.tell("p50", latency(time.measured()).getValueAtPercentile(50) / 1e3);
        if (members.get(0) instanceof ChordMember) {
            rate(warmUp, this::confirm);
            TableWorker.tell("confirmed", rate(time.measured(), this::confirm));
        }
    }

    private CompletableFuture<?> put(int turn) {
        return member(turn).put(keys[turn % keys.length], content.value(number++));
    }

    private CompletableFuture<?> confirm(int turn) {
        return ((ChordMember) member(turn)).confirm(keys[turn % keys.length], content.value(number++));
    }

    private CompletableFuture<?> get(int turn) {
        return member(turn).get(keys[turn % keys.length]).thenAccept(Shares::require);
    }

    private Member member(int turn) {
        return members.get(turn % members.size());
    }

    private static double rate(long millis, Call call) throws InterruptedException {
        return rate(millis, 1, call);
    }

    /** How many a second end well; one that does not ends the trial. */
    private static double rate(long millis, int least, Call call) throws InterruptedException {
        Semaphore room = new Semaphore(UNDER_WAY);
        LongAdder done = new LongAdder();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int turn = 0; turn < least || System.nanoTime() - end < 0; turn++) {
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
        room.acquire(UNDER_WAY);
        Throwable failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("a call failed", failure);
        }
        return done.sum() * 1e9 / (System.nanoTime() - began);
    }

    private Histogram latency(long millis) {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int turn = 0; System.nanoTime() - end < 0; turn++) {
            long began = System.nanoTime();
            get(turn).join();
            latencies.recordValue(System.nanoTime() - began);
        }
        return latencies;
    }

    private static void require(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalStateException("a key that was written is absent");
        }
    }

    /** Begins what is counted. */
    private interface Call {
        CompletableFuture<?> begin(int turn);
    }
}
