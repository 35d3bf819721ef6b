package today.p2p.runtime;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Time;

/**
 * Wakes a machine at its deadline. A deadline that moves away, as that of each link does with each message,
 * costs nothing: the timer that is set wakes up too early once and is set again. On the loop's thread alone.
 */
final class Alarm implements Runnable {
    private final Wire.Loop loop;
    private final Supplier<Time> clock;
    private final Runnable wake;
    private @Nullable Runnable takeBack;
    private long setFor;
    private long deadline;
    private boolean hasDeadline;

    Alarm(Wire.Loop loop, Supplier<Time> clock, Runnable wake) {
        this.loop = loop;
        this.clock = clock;
        this.wake = wake;
    }

    /** The machine's deadline, in nanoseconds of the monotonic clock, as it is now. */
    void set(OptionalLong at) {
        hasDeadline = at.isPresent();
        deadline = at.orElse(0);
        if (at.isEmpty()) {
            cancel();
        } else if (takeBack == null || at.getAsLong() - setFor < 0) {
            cancel();
            start(at.getAsLong());
        }
    }

    private void cancel() {
        if (takeBack != null) {
            takeBack.run();
            takeBack = null;
        }
    }

    private void start(long at) {
        setFor = at;
        takeBack = loop.after(Math.max(0, at - clock.get().nanos()), this);
    }

    /** The timer has come. */
    @Override
    public void run() {
        takeBack = null;
        if (!hasDeadline) {
            return;
        }
        if (clock.get().isAtOrAfter(deadline)) {
            wake.run();
        } else {
            start(deadline);
        }
    }
}
