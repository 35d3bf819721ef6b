package today.p2p.live.toy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose turn it is to have a frame read that is not whole: LNK-31, LNK-32. Guarded by its node. */
final class ToyTurns {
    private static final double SECOND = 1e9;

    private final ToyNode node;
    private final List<ToyLink> waiting = new ArrayList<>();
    private @Nullable ToyLink current;
    private long spanEnds;
    private long keptBefore;

    ToyTurns(ToyNode node) {
        this.node = node;
    }

    /** Whether more is to be read from a link of what has begun there. */
    boolean mayRead(ToyLink link) {
        boolean isUncounted = node.is(ToyDefect.HALF_FRAMES_UNCOUNTED);
        if (link.closed || link.kept == 0 || isUncounted || node.bounds().mayGather(link)) {
            waiting.remove(link);
            return true;
        }
        if (!waiting.contains(link)) {
            waiting.add(link);
        }
        return waiting.get(0) == link;
    }

    void tick(long now) {
        waiting.removeIf(link -> link.closed);
        ToyLink first = waiting.isEmpty() ? null : waiting.get(0);
        if (first == null || first != current) {
            begin(first, now);
        } else if (now - spanEnds >= 0) {
            double least = node.bounds().limit("min-turn-rate", 262_144) * (node.timers.frame() / SECOND);
            boolean isSlow = first.kept - keptBefore < least && waiting.size() > 1;
            if (isSlow && !node.is(ToyDefect.TURNS_WITHOUT_END)) {
                first.close("SLOW");
            }
            begin(first, now);
        }
    }

    private void begin(@Nullable ToyLink first, long now) {
        current = first;
        spanEnds = now + node.timers.frame();
        keptBefore = first == null ? 0 : first.kept;
    }
}
