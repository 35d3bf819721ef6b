package today.p2p.chord;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which node is nearest to a position, on one of its two sides. */
public enum Nearest {
    /** The node at the position or behind it, which is the owner of what stands there (CHO-5). */
    OWNER,
    /** The node at the position or ahead of it (CHO-6). */
    AHEAD;

    /**
     * The nearest of the candidates; of equally near ones the first. Empty when there are none.
     *
     * @param candidates the node itself if it has joined, then the joined peers in the order of its
     *     table
     * @param place where a candidate stands
     */
    public <T> Optional<T> of(RingId position, List<T> candidates, Function<? super T, RingId> place) {
        @Nullable T nearest = null;
        @Nullable BigInteger least = null;
        for (T candidate : candidates) {
            BigInteger distance = distance(position, place.apply(candidate));
            if (least == null || distance.compareTo(least) < 0) {
                nearest = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private BigInteger distance(RingId position, RingId candidate) {
        return switch (this) {
            case OWNER -> candidate.distanceTo(position);
            case AHEAD -> position.distanceTo(candidate);
        };
    }
}
