package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Time;
import today.p2p.runtime.turns.Faults;
import today.p2p.runtime.turns.Inbox;

/** MSH-34: what floods is written late, several copies at once, and a few links at a time. */
class FerryTest {
    private final Timers timers = new Timers();
    private final Ferry ferry = new Ferry(timers, () -> new Time(timers.now, 0));
    private final List<Integer> done = new ArrayList<>();
    private int called;

    @Test
    void itCallsAtALinkWhenItsFirstCopyHasWaitedForAWhile() {
        load(1);
        timers.pass(Ferry.STAY - 1);
        assertThat(done).isEmpty();
        assertThat(called).isZero();

        timers.pass(1);
        assertThat(done).containsExactly(1);
        assertThat(called).isEqualTo(1);
        assertThat(timers.due).isEmpty();
    }

    @Test
    void itCallsAtAFewOfManyLinksAtATimeAndAtAllInTheEnd() {
        for (int link = 0; link < 500; link++) {
            load(link);
        }
        timers.pass(Ferry.STAY);
        assertThat(done).hasSize(1 + 500 / Ferry.PART);
        timers.pass(Ferry.PAUSE);
        assertThat(done).hasSizeLessThanOrEqualTo(2 + 2 * 500 / Ferry.PART);

        timers.pass(3 * Ferry.STAY);
        assertThat(done).hasSize(500).isSorted();
        assertThat(timers.due).isEmpty();
    }

    @Test
    void whoCameLaterIsCalledAtLater() {
        load(1);
        timers.pass(Ferry.STAY / 2);
        load(2);
        timers.pass(Ferry.STAY / 2);
        assertThat(done).containsExactly(1);
        timers.pass(Ferry.STAY / 2);
        assertThat(done).containsExactly(1, 2);

        load(3);
        timers.pass(Ferry.STAY);
        assertThat(done).containsExactly(1, 2, 3);
    }

    private void load(int link) {
        Inbox inbox = new Inbox(Runnable::run, new Faults());
        inbox.addAsleep(() -> done.add(link));
        ferry.callAt(inbox, () -> called++);
    }

    /** A loop whose time passes when the test says so. */
    private static final class Timers implements Wire.Loop {
        private final TreeMap<Long, Runnable> due = new TreeMap<>();
        private long now = -7;

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
            long at = now + nanos;
            assertThat(due.put(at, task)).isNull();
            return () -> due.remove(at, task);
        }

        void pass(long nanos) {
            long end = now + nanos;
            while (!due.isEmpty() && due.firstKey() <= end) {
                now = due.firstKey();
                Objects.requireNonNull(due.remove(now)).run();
            }
            now = end;
        }
    }
}
