package today.p2p.sync;

import org.jspecify.annotations.Nullable;
import today.p2p.kernel.Outcome;

/** How a {@link SyncCall} ended. */
public sealed interface SyncOutcome extends Outcome.OfTable {

    /**
     * It is done here, and on its way to the peers.
     *
     * @param before the entry that was there; null when the key was absent
     * @param after the entry that is there now; null when it was deleted
     */
    record Written(@Nullable TableEntry before, @Nullable TableEntry after) implements SyncOutcome {}

    /** Nothing was done: another entry than the expected one is there, or none. */
    record Stale(@Nullable TableEntry current) implements SyncOutcome {}

    /**
     * Nothing was done: another owner holds the key (LSE-7).
     *
     * @param freeFrom when this node may write it, in seconds since 1970, if nobody writes it before (SYN-22)
     */
    record Held(TableEntry current, long freeFrom) implements SyncOutcome {}
}
