package today.p2p.simulator;

import java.util.List;

/** An invariant of INVARIANTS.md did not hold in a run, or a machine threw. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String invariant;
    private final long seed;
    private final transient List<String> trace;

    SimulationFailure(String invariant, String detail, long seed, List<String> trace, Throwable cause) {
        super(invariant + " at " + detail, cause);
        this.invariant = invariant;
        this.seed = seed;
        this.trace = List.copyOf(trace);
    }

    /** The id of the invariant, as in INVARIANTS.md. */
    public String invariant() {
        return invariant;
    }

    /** The seed of the run. */
    public long seed() {
        return seed;
    }

    /** The last lines of the trace, oldest first. */
    public List<String> trace() {
        return trace;
    }

    /** All of it, for a person. */
    public String report() {
        return getMessage() + "\nseed " + seed + "; the last of the trace:\n  " + String.join("\n  ", trace);
    }

    /** What a watcher throws inside a run: an invariant does not hold. It comes out as a {@link SimulationFailure}. */
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String id;

        /**
         * Made by whoever watches.
         *
         * @param id of the invariant, as in INVARIANTS.md
         * @param detail in what way it does not hold
         */
        public Broken(String id, String detail) {
            super(detail);
            this.id = id;
        }

        /** As in INVARIANTS.md. */
        public String id() {
            return id;
        }
    }
}
