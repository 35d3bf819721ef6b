package today.p2p.simulator;

import java.util.OptionalLong;
import java.util.function.Supplier;

/** Calls a machine when its deadline has come, by the clock of its host. */
final class Alarm {
    /** A deadline may come again at once, but not for ever. */
    private static final int MOST_AT_ONCE = 10;

    private final Host host;
    private final Supplier<OptionalLong> deadline;
    private final Runnable tick;
    private long setFor = Long.MAX_VALUE;
    private long rangAt = -1;
    private int rings;

    Alarm(Host host, Supplier<OptionalLong> deadline, Runnable tick) {
        this.host = host;
        this.deadline = deadline;
        this.tick = tick;
    }

    /** Reads the deadline again. */
    void set() {
        OptionalLong at = deadline.get();
        if (at.isPresent()) {
            long virtual = host.virtual(at.getAsLong());
            if (virtual < setFor) {
                setFor = virtual;
                host.schedule().at(virtual, () -> ring(virtual));
            }
        }
    }

    private void ring(long virtual) {
        if (virtual != setFor) {
            return;
        }
        setFor = Long.MAX_VALUE;
        OptionalLong at = deadline.get();
        if (at.isPresent() && host.virtual(at.getAsLong()) <= host.schedule().now()) {
            rings = rangAt == host.schedule().now() ? rings + 1 : 1;
            rangAt = host.schedule().now();
            if (rings > MOST_AT_ONCE) {
                throw new SimulationFailure.Broken("M-11", host.name() + " has a deadline that stays after its tick");
            }
            tick.run();
        }
        set();
    }
}
