package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Time;

class AlarmTest {
    private final List<Timer> timers = new ArrayList<>();
    private long now = -100;
    private int rung;
    private final Alarm alarm = new Alarm(new OneLoop(), () -> new Time(now, 0), () -> rung++);

    @Test
    void itRingsAtTheDeadlineAndNotBefore() {
        alarm.set(OptionalLong.of(50));
        pass(149);
        assertThat(rung).isZero();

        pass(1);
        assertThat(rung).isEqualTo(1);
        assertThat(timers).isEmpty();
    }

    @Test
    void aDeadlineThatMovesAwayCostsNoTimerUntilTheOldOneRings() {
        for (long deadline = 0; deadline < 1000; deadline++) {
            alarm.set(OptionalLong.of(deadline));
        }
        assertThat(timers).hasSize(1);
        pass(1098);
        assertThat(rung).isZero();
        pass(1);
        assertThat(rung).isEqualTo(1);
    }

    @Test
    void aDeadlineThatComesNearerIsKept() {
        alarm.set(OptionalLong.of(1000));
        alarm.set(OptionalLong.of(10));
        assertThat(timers).hasSize(1);

        pass(110);
        assertThat(rung).isEqualTo(1);
    }

    @Test
    void withoutADeadlineThereIsNoTimer() {
        alarm.set(OptionalLong.of(10));
        alarm.set(OptionalLong.empty());

        assertThat(timers).isEmpty();
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (true) {
            Timer due =
                    timers.stream().filter(timer -> timer.at <= end).findFirst().orElse(null);
            if (due == null) {
                now = end;
                return;
            }
            now = Math.max(now, due.at);
            timers.remove(due);
            due.task.run();
        }
    }

    private record Timer(long at, Runnable task) {}

    private final class OneLoop implements Wire.Loop {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            Timer timer = new Timer(now + nanos, task);
            timers.add(timer);
            return () -> timers.remove(timer);
        }
    }
}
