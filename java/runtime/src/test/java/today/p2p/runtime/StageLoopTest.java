package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import today.p2p.runtime.turns.Baton;

class StageLoopTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private final Baton baton = new Baton(tasks::add);
    private final StageLoop loop = new StageLoop(new Home(), baton);

    @Test
    void aTaskWhoseTimeHasComeWaitsForTheBaton() {
        loop.after(1, () -> order.add("timer"));
        baton.executeHere(() -> {
            timers.get(0).run();
            order.add("event");
        });
        assertThat(order).containsExactly("event");
        runTasks();
        assertThat(order).containsExactly("event", "timer");
    }

    @Test
    void aTaskThatIsTakenBackWhileItWaitsForTheBatonDoesNotRun() {
        Runnable takeBack = loop.after(1, () -> order.add("timer"));
        baton.executeHere(() -> {
            timers.get(0).run();
            takeBack.run();
        });
        runTasks();
        assertThat(order).isEmpty();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private final class Home implements Wire.Loop {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            timers.add(task);
            return () -> {};
        }
    }
}
