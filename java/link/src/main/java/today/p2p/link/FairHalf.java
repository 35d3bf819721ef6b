package today.p2p.link;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on what all links of a node hold together, of which no link can take all (LNK-25, LNK-28). Half of it is
 * granted evenly to the links that there may be; of the other half a link may have twice what nobody has taken.
 * So n links that take whatever they get leave one part of 2n+1 to the next. Safe for use by several threads.
 */
final class FairHalf {
    private static final long MOST = Long.MAX_VALUE / 4;

    private final long grant;
    private final long half;
    private final AtomicLong all = new AtomicLong();
    private final AtomicLong beyond = new AtomicLong();

    FairHalf(long most, long links) {
        long bounded = Math.min(most, MOST);
        grant = bounded / 2 / links;
        half = bounded - grant * links;
    }

    /** What all links hold. */
    long all() {
        return all.get();
    }

    /** Whether a link may go on from {@code held} to {@code wanted}; if so, it counts. */
    boolean take(long held, long wanted) {
        long more = beyondGrant(wanted) - beyondGrant(held);
        long before;
        do {
            before = beyond.get();
            if (more > 0 && beyondGrant(wanted) > 2 * (half - before - more)) {
                return false;
            }
        } while (!beyond.compareAndSet(before, before + more));
        all.addAndGet(wanted - held);
        return true;
    }

    /**
     * Counts a link that goes from {@code held} to {@code now}, whatever that is.
     *
     * @return whether that changes what is left to others
     */
    boolean change(long held, long now) {
        long more = beyondGrant(now) - beyondGrant(held);
        if (more != 0) {
            beyond.addAndGet(more);
        }
        all.addAndGet(now - held);
        return more != 0;
    }

    /** Whether a link that holds so much has less than its part. */
    boolean isBelowPart(long held) {
        return held < grant || beyondGrant(held) < 2 * left();
    }

    /** The same, for half of what lies beyond the grant. */
    boolean isBelowHalfPart(long held) {
        return held < grant || beyondGrant(held) < left();
    }

    /** How much a link that holds so much may hold at this moment. */
    long part(long held) {
        return grant + Math.max(0, 2 * (left() + beyondGrant(held)) / 3);
    }

    private long left() {
        return half - beyond.get();
    }

    private long beyondGrant(long held) {
        return Math.max(0, held - grant);
    }
}
