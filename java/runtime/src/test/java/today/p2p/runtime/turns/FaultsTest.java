package today.p2p.runtime.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A peer may be able to make a callback throw, and may have written what the exception says. */
class FaultsTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final List<String> log = new ArrayList<>();
    private final Faults faults = new Faults(now::get, log::add);

    @Test
    void oneASecondIsToldWithHowManyWereLeftOut() {
        for (int fault = 0; fault < 1000; fault++) {
            faults.report("a callback threw", new IllegalStateException("number " + fault));
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
        faults.report("a callback threw", new IllegalStateException("too early"));
        assertThat(log).hasSize(1);
        assertThat(log.get(0)).startsWith("a callback threw: java.lang.IllegalStateException: number 0");

        now.incrementAndGet();
        faults.report("a callback threw", new IllegalStateException("the next"));
        assertThat(log).hasSize(2);
        assertThat(log.get(1))
                .startsWith("a callback threw (1000 more were left out): ")
                .contains("the next");
        assertThat(faults.count()).isEqualTo(1002);
    }

    @Test
    void whatAnExceptionSaysIsOneLineWithoutControlsAndNotEndless() {
        String forged = "x\nWARNING: forged\u001b[2J\u202e" + "y".repeat(100_000);
        faults.report("a callback threw", new IllegalStateException("outer", new IllegalArgumentException(forged)));

        String told = log.get(0);
        assertThat(told)
                .contains("IllegalStateException: outer")
                .contains("caused by: java.lang.IllegalArgumentException: x\\u000aWARNING: forged\\u001b[2J\\u202ey")
                .contains("at today.p2p.runtime.turns.FaultsTest.");
        assertThat(told.lines().skip(1)).allMatch(line -> line.startsWith("\tat ") || line.startsWith("caused by: "));
        assertThat(told.length()).isLessThan(20_000);
    }

    @Test
    void anExceptionThatCannotSayWhatItIsIsToldByItsClass() {
        faults.report("a callback threw", new Mute());

        assertThat(log.get(0)).startsWith("a callback threw: " + Mute.class.getName());
    }

    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("mute");
        }
    }
}
