package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Effect;

/** How a node ends when what is under it takes its time. */
class EndTest {
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final LoneWires wires = new LoneWires();
    private final NodeRuntime runtime = NodeRuntime.start(LoneWires.options(DRAIN), null, new Deaf(), wires);

    @AfterEach
    void endThread() {
        wires.end();
    }

    @Test
    void aTransportThatUsesAllItsTimeIsNoFault() throws Exception {
        CompletableFuture<Void> end = runtime.close();
        // The transport cuts its connections off at the very deadline, and is done a little later.
        CompletableFuture.delayedExecutor(2 * DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> wires.closed.complete(null));
        end.get(60, TimeUnit.SECONDS);

        assertThat(runtime.status().totals().faults()).isZero();
    }

    @Test
    void aCallbackThatBlocksIsInterruptedEvenIfTheTransportFails() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        runtime.newCallbacks()
                .add(
                        () -> {
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException end) {
                                interrupted.countDown();
                            }
                        },
                        () -> {});
        begun.await();
        wires.closed.completeExceptionally(new IllegalStateException("a transport that fails"));
        runtime.close().get(60, TimeUnit.SECONDS);

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private static final class Deaf implements Application {
        @Override
        public void on(Effect effect, Hold hold) {}

        @Override
        public void closed() {}
    }
}
