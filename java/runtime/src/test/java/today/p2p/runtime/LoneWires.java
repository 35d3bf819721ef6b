package today.p2p.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.Encryption;
import today.p2p.ids.ProtocolId;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Dialect;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;

/** Wires of a host without a network: whatever is dialled cannot be reached, never answers, or throws. */
final class LoneWires implements Wires {
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    volatile boolean throwsOnDial;
    volatile boolean isSilent;
    private volatile @Nullable Thread its;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    static RuntimeOptions options(Duration drainWithin) {
        long start = System.nanoTime();
        return new RuntimeOptions(
                ProtocolId.of("mesh", Encryption.PLAINTEXT),
                Encryption.PLAINTEXT,
                Dialect.UNIVERSAL,
                List.of(),
                NodeLimits.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                Duration.ofSeconds(1),
                drainWithin,
                1,
                Optional.empty(),
                () -> new Time(System.nanoTime() - start, System.currentTimeMillis() / 1000),
                RandomGenerator.of("Random"));
    }

    @Override
    public Wire.Loop home() {
        return new Wire.Loop() {
            @Override
            public void execute(Runnable task) {
                thread.execute(() -> {
                    its = Thread.currentThread();
                    task.run();
                });
            }

            @Override
            public boolean isCurrent() {
                return its == Thread.currentThread();
            }

            @Override
            public Runnable after(long nanos, Runnable task) {
                ScheduledFuture<?> timer = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
                return () -> timer.cancel(false);
            }
        };
    }

    @Override
    public Address listen(Address at, Supplier<Wire.Events> incoming) {
        throw new UnsupportedOperationException("no network");
    }

    @Override
    public Runnable dial(Address to, Wire.Events events) {
        if (throwsOnDial) {
            throw new IllegalStateException("no such wire");
        }
        if (!isSilent) {
            events.down(CloseReason.because(CloseReason.Cause.UNREACHABLE, "no network"));
        }
        return () -> {};
    }

    @Override
    public void stopListening() {}

    @Override
    public CompletableFuture<Void> close() {
        return closed;
    }

    void end() {
        thread.shutdownNow();
    }
}
