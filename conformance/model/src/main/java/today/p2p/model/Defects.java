package today.p2p.model;

import org.jspecify.annotations.Nullable;

/** The deliberate defect that this copy of the model has, if any. */
record Defects(@Nullable Mutant mutant) {

    static final Defects NONE = new Defects(null);

    boolean is(Mutant candidate) {
        return mutant == candidate;
    }
}
