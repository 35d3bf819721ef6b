package today.p2p.link;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is of the links that have more than their part of frames that have begun: one after the other reads
 * its frame to the end, whatever the others hold (LNK-31). Safe for use by several threads.
 */
final class FrameTurns {
    private final Queue<Intake> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Intake> current = new AtomicReference<>();
    private final AtomicLong given = new AtomicLong();

    /** A link begins to wait. */
    void join(Intake link) {
        waiting.add(link);
        give();
    }

    /** A link no longer waits, and has its turn no longer. */
    void leave(Intake link) {
        waiting.remove(link);
        if (current.compareAndSet(link, null)) {
            give();
        }
    }

    boolean isOf(Intake link) {
        return current.get() == link;
    }

    /** Whether any link waits, or has its turn. */
    boolean isAny() {
        return !waiting.isEmpty();
    }

    /** Whether others than the one whose turn it is wait for theirs. */
    boolean isAwaited() {
        // The size of such a queue is found by counting.
        Iterator<Intake> each = waiting.iterator();
        if (!each.hasNext()) {
            return false;
        }
        each.next();
        return each.hasNext();
    }

    /** Gives the turn to the next, unless somebody has it. */
    private void give() {
        Intake has = current.get();
        // Whoever was chosen may have left before it was told: then another is.
        while (has == null || !has.isWaiting()) {
            Intake next = next();
            if (current.compareAndSet(has, next)) {
                if (next == null) {
                    return;
                }
                next.host().lastTurn = given.incrementAndGet();
            }
            has = current.get();
        }
    }

    /** Of the address whose last turn is the longest ago, the link that has waited for the longest (LNK-33). */
    private @Nullable Intake next() {
        Intake next = null;
        for (Intake each : waiting) {
            if (next == null || each.host().lastTurn < next.host().lastTurn) {
                next = each;
            }
        }
        return next;
    }
}
