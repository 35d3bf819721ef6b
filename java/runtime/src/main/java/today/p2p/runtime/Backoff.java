package today.p2p.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before an address is dialled again: twice as long after each failure, up to a most, and
 * each time between half and the whole of it by chance, so that nodes that lost one peer at one moment do
 * not come back at one moment. Immutable.
 *
 * @param first the wait after the first failure
 * @param most the longest wait
 */
public record Backoff(Duration first, Duration most) {
    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait is above zero and the longest is no shorter: " + first + ", " + most);
        }
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures 1 and above
     */
    public Duration after(int failures, RandomGenerator random) {
        Duration whole = first;
        for (int failure = 1; failure < failures && whole.compareTo(most) < 0; failure++) {
            whole = whole.multipliedBy(2);
        }
        long nanos = (whole.compareTo(most) < 0 ? whole : most).toNanos();
        return Duration.ofNanos(nanos - (long) (random.nextDouble() * (nanos / 2)));
    }
}
