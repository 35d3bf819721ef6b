package today.p2p;

import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.chord.ChordCall;
import today.p2p.kernel.Call;
import today.p2p.kernel.Outcome;
import today.p2p.runtime.Backoff;

/** How a {@link ChordTable} asks its node: how long, how often, and how it gives up. */
final class Tries {
    /** Calls of one batch that are open at a time: five questions each, of which one peer answers max-link-questions. */
    private static final int AT_ONCE = 48;

    /** Failures of one batch that are told. */
    private static final int TOLD = 16;

    private final Function<LongFunction<Call>, CompletableFuture<Outcome>> node;
    private final Duration ownDeadline;
    private final Terms terms;

    /**
     * @param node takes calls
     * @param ownDeadline after which the node ends a read by itself
     */
    Tries(Function<LongFunction<Call>, CompletableFuture<Outcome>> node, Duration ownDeadline, Terms terms) {
        this.node = node;
        this.ownDeadline = ownDeadline;
        this.terms = terms;
    }

    Terms terms() {
        return terms;
    }

    Tries with(Terms others) {
        return new Tries(node, ownDeadline, others);
    }

    /**
     * Asks until an answer comes that stands.
     *
     * @param read makes of the outcome what was asked for, or throws a {@link ChordException}
     */
    <T extends @Nullable Object> CompletableFuture<T> ask(LongFunction<ChordCall> call, Function<Outcome, T> read) {
        Asking<T> asking = new Asking<>(call, read);
        asking.begin();
        return asking.answer;
    }

    /** Does one call for each item, some at a time; goes on after one that fails, and tells of it in the end. */
    static <I, R extends @Nullable Object> CompletableFuture<R> each(
            Iterator<I> items, Function<I, CompletableFuture<?>> call, Supplier<R> result) {
        Batch<I, R> batch = new Batch<>(items, call, result);
        batch.drive();
        return batch.done;
    }

    /**
     * What a caller grants.
     *
     * @param within the time for a call, all of its tries together
     * @param retries how often what may pass is tried again
     * @param pause how long before that
     * @param isConfirmed whether a put ends only when a read has seen it
     */
    record Terms(Duration within, int retries, Backoff pause, boolean isConfirmed) {
        static Terms standard(Duration ownDeadline) {
            return new Terms(ownDeadline, 3, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)), false);
        }
    }

    /** One call with all of its tries. */
    private final class Asking<T extends @Nullable Object> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final LongFunction<ChordCall> call;
        private final Function<Outcome, T> read;
        private final long began = System.nanoTime();
        private int tries;
        /** Of the try under way; written and read by calls, which the node takes in their order. */
        private volatile long number;

        Asking(LongFunction<ChordCall> call, Function<Outcome, T> read) {
            this.call = call;
            this.read = read;
            answer.whenComplete((value, failure) -> {
                if (answer.isCancelled()) {
                    end(true);
                }
            });
        }

        void begin() {
            tries++;
            CompletableFuture<@Nullable Void> alarm = isEarly() ? alarm() : null;
            node.apply(it -> {
                        number = it;
                        return call.apply(it);
                    })
                    .thenAccept(outcome -> {
                        if (alarm != null) {
                            alarm.cancel(false);
                        }
                        ended(outcome);
                    });
        }

        /** Whether the caller's time is up before the node's own; a first try that has as much needs no timer. */
        private boolean isEarly() {
            return tries > 1 || terms.within.compareTo(ownDeadline) < 0;
        }

        private CompletableFuture<@Nullable Void> alarm() {
            CompletableFuture<@Nullable Void> alarm = new CompletableFuture<>();
            alarm.completeOnTimeout(null, Math.max(0, left()), TimeUnit.NANOSECONDS);
            alarm.thenRun(() -> end(false));
            return alarm;
        }

        private void end(boolean isCancelled) {
            CompletableFuture<Outcome> unused = node.apply(it -> new ChordCall.End(it, number, isCancelled));
        }

        private void ended(Outcome outcome) {
            try {
                answer.complete(read.apply(outcome));
            } catch (ChordException failed) {
                failed(failed);
            }
        }

        private void failed(ChordException failure) {
            long pause = terms.pause.after(tries, ThreadLocalRandom.current()).toNanos();
            if (failure.reason().mayPass() && tries <= terms.retries && pause < left()) {
                CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(() -> {
                            if (!answer.isDone()) {
                                begin();
                            }
                        });
            } else {
                answer.completeExceptionally(failure);
            }
        }

        private long left() {
            return terms.within.toNanos() - (System.nanoTime() - began);
        }
    }

    /** Calls for many items; they are begun by one thread at a time, which looks again when another one asks. */
    private static final class Batch<I, R extends @Nullable Object> {
        private final CompletableFuture<R> done = new CompletableFuture<>();
        private final Iterator<I> items;
        private final Function<I, CompletableFuture<?>> call;
        private final Supplier<R> result;
        private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
        private final AtomicInteger asked = new AtomicInteger();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

        Batch(Iterator<I> items, Function<I, CompletableFuture<?>> call, Supplier<R> result) {
            this.items = items;
            this.call = call;
            this.result = result;
            done.whenComplete((value, failure) -> open.forEach(one -> one.cancel(false)));
        }

        void drive() {
            if (asked.getAndIncrement() > 0) {
                return;
            }
            int seen;
            do {
                seen = asked.get();
                while (open.size() < AT_ONCE && items.hasNext() && !done.isDone()) {
                    begin(items.next());
                }
                if (open.isEmpty() && !items.hasNext()) {
                    finish();
                }
            } while (asked.addAndGet(-seen) > 0);
        }

        private void begin(I item) {
            CompletableFuture<?> one = call.apply(item);
            open.add(one);
            one.whenComplete((value, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                }
                open.remove(one);
                drive();
            });
            if (done.isDone()) {
                one.cancel(false);
            }
        }

        private void finish() {
            Throwable first = failures.poll();
            if (first == null) {
                done.complete(result.get());
                return;
            }
            failures.stream().limit(TOLD).forEach(first::addSuppressed);
            done.completeExceptionally(first);
        }
    }
}
