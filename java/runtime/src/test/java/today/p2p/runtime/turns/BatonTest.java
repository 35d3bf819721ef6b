package today.p2p.runtime.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** LNK-29, MSH-31: one event after the other, on whichever thread. */
class BatonTest {
    private final Queue<Runnable> home = new ArrayDeque<>();
    private final Baton baton = new Baton(home::add);
    private final List<String> order = new ArrayList<>();

    @Test
    void whatIsGivenToTheHomeThreadRunsThereInItsOrder() {
        baton.execute(() -> order.add("first"));
        baton.execute(() -> order.add("second"));
        assertThat(order).isEmpty();
        runHome();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void aTaskRunsHereWhenNothingIsUnderWay() {
        baton.executeHere(() -> order.add("here"));
        assertThat(order).containsExactly("here");
        assertThat(home).isEmpty();
    }

    @Test
    void aTaskThatFindsAnotherOneUnderWayRunsAfterItAndAtHome() {
        baton.executeHere(() -> {
            baton.executeHere(() -> order.add("second"));
            order.add("first");
        });
        assertThat(order).containsExactly("first");
        runHome();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void aTaskDoesNotOvertakeOneThatTheHomeThreadHasYetToRun() {
        baton.execute(() -> order.add("first"));
        baton.executeHere(() -> order.add("second"));
        assertThat(order).isEmpty();
        runHome();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void afterSoManyTasksElsewhereTheHomeThreadHasItsTurn() {
        for (int task = 0; task < Baton.MOST_AWAY; task++) {
            baton.executeHere(() -> order.add("here"));
        }
        assertThat(order).hasSize(Baton.MOST_AWAY);
        baton.executeHere(() -> order.add("home"));
        assertThat(order).doesNotContain("home");
        runHome();
        assertThat(order).endsWith("home");
        baton.executeHere(() -> order.add("here again"));
        assertThat(order).endsWith("here again");
    }

    @Test
    void aTaskThatThrowsIsNotInTheWayOfTheNext() {
        assertThatThrownBy(() -> baton.executeHere(() -> {
                    throw new IllegalStateException("a defect");
                }))
                .hasMessage("a defect");
        baton.executeHere(() -> order.add("next"));
        assertThat(order).containsExactly("next");
    }

    @Test
    void tasksOfSeveralThreadsRunOneAtATimeAndEachOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Baton shared = new Baton(one);
            int each = 20_000;
            int[] sum = new int[1];
            CountDownLatch done = new CountDownLatch(3 * each);
            Runnable task = () -> {
                sum[0]++;
                done.countDown();
            };
            for (int thread = 0; thread < 3; thread++) {
                boolean isHome = thread == 0;
                threads.execute(() -> {
                    for (int number = 0; number < each; number++) {
                        if (isHome) {
                            shared.execute(task);
                        } else {
                            shared.executeHere(task);
                        }
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(sum[0]).isEqualTo(3 * each);
        } finally {
            threads.shutdownNow();
            one.shutdownNow();
        }
    }

    private void runHome() {
        for (Runnable task = home.poll(); task != null; task = home.poll()) {
            task.run();
        }
    }
}
