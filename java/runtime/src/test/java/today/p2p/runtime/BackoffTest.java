package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    @Test
    void eachFailureDoublesTheWaitUpToTheMost() {
        RandomGenerator none = fixed(0);

        assertThat(backoff.after(1, none)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(2, none)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(4, none)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backoff.after(5, none)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.after(Integer.MAX_VALUE, none)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void chanceTakesUpToHalfOfIt() {
        assertThat(backoff.after(2, fixed(0.5))).isEqualTo(Duration.ofMillis(1500));
        SplittableRandom random = new SplittableRandom(3);
        for (int time = 0; time < 1000; time++) {
            assertThat(backoff.after(3, random)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void theFirstWaitIsAboveZeroAndTheMostNoShorter() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThat(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)).after(9, fixed(0)))
                .isEqualTo(Duration.ofSeconds(1));
    }

    private static RandomGenerator fixed(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
