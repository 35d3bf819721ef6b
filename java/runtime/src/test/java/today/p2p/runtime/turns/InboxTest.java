package today.p2p.runtime.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final Faults faults = new Faults();
    private final Inbox inbox = new Inbox(loop::add, faults);
    private final List<String> done = new ArrayList<>();

    @Test
    void aBurstIsOneHandOverInOrder() {
        inbox.add(() -> done.add("a"));
        inbox.add(() -> done.add("b"));
        assertThat(loop).hasSize(1);
        run();

        assertThat(done).containsExactly("a", "b");
        assertThat(loop).isEmpty();
    }

    @Test
    void aLongBurstLeavesTheLoopToOthersInBetween() {
        for (int task = 0; task < 257; task++) {
            inbox.add(() -> done.add("x"));
        }
        loop.add(() -> done.add("another's"));
        run();

        assertThat(done).hasSize(258);
        // Or earlier, when this machine is slow.
        assertThat(done.indexOf("another's")).isBetween(1, 256);
    }

    @Test
    void tasksThatTakeLongLeaveTheLoopToOthersAfterEach() {
        for (int task = 0; task < 3; task++) {
            inbox.add(() -> {
                long began = System.nanoTime();
                while (System.nanoTime() - began < 1_000_000) {
                    Thread.onSpinWait();
                }
                done.add("x");
            });
        }
        loop.add(() -> done.add("another's"));
        run();

        assertThat(done).containsExactly("x", "another's", "x", "x");
    }

    @Test
    void whatHasTimeIsDoneBeforeTheNextOrWhenItIsWoken() {
        inbox.addAsleep(() -> done.add("first"));
        assertThat(loop).isEmpty();
        assertThat(inbox.isEmpty()).isFalse();
        inbox.add(() -> done.add("second"));
        run();
        assertThat(done).containsExactly("first", "second");

        inbox.addAsleep(() -> done.add("third"));
        assertThat(loop).isEmpty();
        inbox.wake();
        run();
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void whatHasTimeIsDroppedByAStopAndAfterIt() {
        List<String> dropped = new ArrayList<>();
        inbox.addAsleep(dropping("before", true, dropped));
        inbox.stop();
        inbox.addAsleep(dropping("after", true, dropped));

        assertThat(dropped).containsExactly("before", "after");
        assertThat(loop).isEmpty();
    }

    @Test
    void whatIsNotReadyStandsInTheWayUntilItIsWoken() {
        AtomicBoolean ready = new AtomicBoolean();
        inbox.addUntilTrue(() -> ready.get() && done.add("first"));
        inbox.add(() -> done.add("second"));
        run();
        assertThat(done).isEmpty();
        inbox.add(() -> done.add("third"));
        run();
        assertThat(done).isEmpty();

        ready.set(true);
        inbox.wake();
        run();
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void aWakeWhileItRunsIsNotLost() {
        AtomicInteger asked = new AtomicInteger();
        inbox.addUntilTrue(() -> {
            // Another thread is done just after it was asked.
            inbox.wake();
            return asked.incrementAndGet() > 1;
        });
        run();

        assertThat(asked).hasValue(2);
    }

    @Test
    void aTaskThatThrowsIsReportedAndTheNextOneRuns() {
        inbox.add(() -> {
            throw new IllegalStateException("a task of the test");
        });
        inbox.add(() -> done.add("next"));
        run();

        assertThat(done).containsExactly("next");
        assertThat(faults.count()).isEqualTo(1);
    }

    @Test
    void anErrorIsReportedToo() {
        inbox.add(() -> {
            throw new LinkageError("a task of the test");
        });
        run();
        inbox.add(() -> done.add("next"));
        run();

        assertThat(done).containsExactly("next");
        assertThat(faults.count()).isEqualTo(1);
    }

    @Test
    void afterItsEndNothingRuns() {
        inbox.add(() -> done.add("before"));
        inbox.stop();
        inbox.add(() -> done.add("after"));
        run();

        assertThat(done).isEmpty();
    }

    @Test
    void whatIsNotDoneAtItsEndIsToldSo() {
        List<String> dropped = new ArrayList<>();
        inbox.addUntilTrue(dropping("done", true, dropped));
        inbox.addUntilTrue(dropping("stuck", false, dropped));
        inbox.addUntilTrue(dropping("waiting", true, dropped));
        run();
        assertThat(dropped).isEmpty();

        inbox.stop();
        inbox.addUntilTrue(dropping("late", true, dropped));
        run();
        assertThat(done).containsExactly("done");
        assertThat(dropped).containsExactly("stuck", "waiting", "late");
    }

    @Test
    void aTaskThatStopsTheInboxIsNotDropped() {
        List<String> dropped = new ArrayList<>();
        inbox.add(inbox::stop);
        inbox.addUntilTrue(dropping("behind", true, dropped));
        run();

        assertThat(dropped).containsExactly("behind");
        assertThat(done).isEmpty();
    }

    private Inbox.Task dropping(String name, boolean succeeds, List<String> dropped) {
        return new Inbox.Task() {
            @Override
            public boolean isDone() {
                return succeeds && done.add(name);
            }

            @Override
            public void dropped() {
                dropped.add(name);
            }
        };
    }

    @Test
    void noTaskOfManyThreadsIsLostOrRunTwiceAtOnce() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        Inbox shared = new Inbox(executor, faults);
        int[] counter = new int[1];
        int threads = 4;
        int tasks = 20_000;
        CountDownLatch all = new CountDownLatch(threads * tasks);
        for (int thread = 0; thread < threads; thread++) {
            new Thread(() -> {
                        for (int task = 0; task < tasks; task++) {
                            shared.add(() -> {
                                counter[0]++;
                                all.countDown();
                            });
                        }
                    })
                    .start();
        }

        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(counter[0]).isEqualTo(threads * tasks);
        executor.shutdown();
    }

    private void run() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }
}
