package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import today.p2p.runtime.turns.Faults;

class CallbacksTest {
    private final Deque<Runnable> executor = new ArrayDeque<>();
    private final Faults faults = new Faults();
    private final Callbacks callbacks = new Callbacks(executor::add, faults);
    private final List<String> done = new ArrayList<>();

    @Test
    void callsAreMadeInTheirOrderAndNeverByWhoAddsThem() {
        callbacks.add(() -> done.add("a"), () -> done.add("after a"));
        callbacks.add(() -> done.add("b"), () -> done.add("after b"));
        assertThat(done).isEmpty();
        assertThat(executor).as("one at a time").hasSize(1);
        run();

        assertThat(done).containsExactly("a", "after a", "b", "after b");
    }

    @Test
    void aCallThatThrowsEvenAnErrorIsReportedAndFollowedByTheNext() {
        callbacks.add(
                () -> {
                    throw new StackOverflowError("a call of the test");
                },
                () -> done.add("after"));
        callbacks.add(() -> done.add("next"), () -> {});
        run();

        assertThat(done).containsExactly("after", "next");
        assertThat(faults.count()).isEqualTo(1);
    }

    @Test
    void anExecutorThatRefusesDropsTheCallsAndFreesWhatTheyHeld() {
        Callbacks refused = new Callbacks(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                faults);
        refused.add(() -> done.add("never"), () -> done.add("freed"));

        assertThat(done).containsExactly("freed");
    }

    @Test
    void anExecutorThatThrowsSomethingElseRefusesToo() {
        Callbacks refused = new Callbacks(
                task -> {
                    throw new IllegalStateException("an executor of the test");
                },
                faults);
        refused.add(() -> done.add("never"), () -> done.add("freed"));
        refused.add(() -> done.add("never"), () -> done.add("freed too"));

        assertThat(done).containsExactly("freed", "freed too");
        assertThat(faults.count()).isEqualTo(1);
    }

    @Test
    void whatIsAddedWhileAnotherThreadDropsCallsIsDroppedAsWell() {
        Callbacks refused = new Callbacks(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                faults);
        AtomicInteger freed = new AtomicInteger();
        AtomicInteger round = new AtomicInteger();
        AtomicInteger added = new AtomicInteger();
        int rounds = Integer.getInteger("p2p.rounds", 20_000);
        Thread other = new Thread(() -> {
            for (int next = 1; next <= rounds; next++) {
                await(round, next);
                refused.add(() -> {}, freed::incrementAndGet);
                added.set(next);
            }
        });
        other.setDaemon(true);
        other.start();
        for (int next = 1; next <= rounds; next++) {
            round.set(next);
            refused.add(() -> {}, freed::incrementAndGet);
            await(added, next);
            assertThat(freed.get()).isEqualTo(2 * next);
        }
    }

    /** Spins, since that is how two threads meet; but where another program has the processor, it is let run. */
    private static void await(AtomicInteger number, int value) {
        for (int spins = 0; number.get() < value; spins++) {
            if (spins < 1000) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    @Test
    void afterTheLastCallNoneIsMade() {
        callbacks.end(() -> done.add("last"), () -> {});
        callbacks.add(() -> done.add("late"), () -> done.add("freed"));
        run();

        assertThat(done).containsExactly("freed", "last");
    }

    @Test
    void manyCallsLeaveTheExecutorToOthersInBetween() {
        for (int call = 0; call < 65; call++) {
            callbacks.add(() -> done.add("x"), () -> {});
        }
        executor.add(() -> done.add("another's"));
        run();

        assertThat(done.indexOf("another's")).isEqualTo(64);
        assertThat(done).hasSize(66);
    }

    @Test
    void aHoldEndsWhenItsLastHolderIsDoneAndOnlyOnce() {
        AtomicInteger freed = new AtomicInteger();
        Hold hold = new Hold(freed::incrementAndGet);
        Runnable first = hold.keep();
        Runnable second = hold.keep();
        hold.release();
        first.run();
        first.run();
        assertThat(freed).hasValue(0);

        second.run();
        assertThat(freed).hasValue(1);
    }

    @Test
    void theExecutorOfTheRuntimeEndsItsThreadsAndInterruptsWhatStays() throws Exception {
        CallbackExecutor own = CallbackExecutor.of(Optional.empty());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        own.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                interrupted.countDown();
            }
        });
        begun.await();
        assertThat(own.isCaller()).isFalse();
        own.stop(Duration.ofMillis(10));

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private void run() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }
}
