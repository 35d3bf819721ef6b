package today.p2p.sync;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** How often something was not done, and why. Safe for use by several threads. */
final class Refusals {
    private final AtomicLongArray counts = new AtomicLongArray(Refusal.values().length);

    /** Counts one; null is none. */
    void count(@Nullable Refusal why) {
        if (why != null) {
            counts.incrementAndGet(why.ordinal());
        }
    }

    Map<Refusal, Long> figures() {
        Map<Refusal, Long> figures = new EnumMap<>(Refusal.class);
        for (Refusal why : Refusal.values()) {
            figures.put(why, counts.get(why.ordinal()));
        }
        return figures;
    }
}
