package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;

/** MSH-27, max-relay-rate. */
class CopiesTest {
    private final Timers timers = new Timers();
    private final List<String> told = new ArrayList<>();
    private final Copies copies = new Copies(
            NodeLimits.DEFAULT.with(Limit.MAX_RELAY_RATE, 10),
            timers,
            () -> new Time(timers.now, 0),
            () -> told.add("go"));

    @Test
    void theCopiesOfASecondMayBeMadeAtOnceAndThenSoManyASecond() { // MSH-27
        copies.relayed(9);
        assertThat(copies.mayGo()).isTrue();
        copies.relayed(1);
        assertThat(copies.mayGo()).isFalse();
        assertThat(told).isEmpty();

        timers.pass(Time.SECOND / 10 - 1);
        assertThat(copies.mayGo()).isFalse();
        timers.pass(2);
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo()).isTrue();
    }

    @Test
    void whatWasNotUsedIsNotSavedUpBeyondASecond() { // MSH-27
        timers.pass(100 * Time.SECOND);
        copies.relayed(30);
        assertThat(copies.mayGo()).isFalse();

        timers.pass(2 * Time.SECOND);
        assertThat(copies.mayGo()).isFalse();
        timers.pass(Time.SECOND / 10 + 1);
        assertThat(copies.mayGo()).isTrue();
    }

    @Test
    void noMoreThanAThousandAreUnderWay() {
        for (int copy = 0; copy < 1024; copy++) {
            copies.begun();
        }
        assertThat(copies.mayGo()).isTrue();
        copies.begun();
        assertThat(copies.mayGo()).isFalse();

        for (int copy = 0; copy < 512; copy++) {
            copies.ended();
        }
        assertThat(told).isEmpty();
        copies.ended();
        assertThat(told).containsExactly("go");
        assertThat(copies.mayGo()).isTrue();
    }

    /** A loop whose time passes when the test says so. */
    private static final class Timers implements Wire.Loop {
        private final TreeMap<Long, Runnable> due = new TreeMap<>();
        private long now = 7;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Runnable after(long nanos, Runnable task) {
            long at = now + nanos;
            due.put(at, task);
            return () -> due.remove(at, task);
        }

        void pass(long nanos) {
            now += nanos;
            while (!due.isEmpty() && due.firstKey() <= now) {
                due.pollFirstEntry().getValue().run();
            }
        }
    }
}
