package today.p2p.benchmarks;

import java.util.Arrays;

/**
 * One cell on one JVM, a figure a round.
 *
 * @param unit of the figures
 * @param values the figures, by round
 * @param allocatedBytes bytes allocated by one call, by round; NaN where that is not known
 */
record Measurement(Cell cell, String jvm, Unit unit, double[] values, double[] allocatedBytes) {
    /** What figures count. */
    enum Unit {
        NANOSECONDS("ns"),
        MICROSECONDS("µs"),
        PER_SECOND("/s"),
        BYTES("B");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        @Override
        public String toString() {
            return symbol;
        }
    }

    double median() {
        return median(values);
    }

    double allocated() {
        return median(allocatedBytes);
    }

    /** This one's figure in units of {@code other}'s, round by round, since a machine's speed drifts. */
    Ratio over(Measurement other) {
        double[] ratios = new double[values.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = values[round] / other.values[round];
        }
        return Ratio.of(ratios);
    }

    /** What this one takes beyond {@code other}, in units of {@code unit} nanoseconds, round by round. */
    Ratio beyond(Measurement other, double unit) {
        double[] shares = new double[values.length];
        for (int round = 0; round < shares.length; round++) {
            shares[round] = (values[round] - other.values[round]) / unit;
        }
        return Ratio.of(shares);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Least, median and greatest ratio of the rounds. */
    record Ratio(double least, double median, double greatest) {
        private static Ratio of(double[] rounds) {
            Arrays.sort(rounds);
            return new Ratio(rounds[0], Measurement.median(rounds), rounds[rounds.length - 1]);
        }
    }
}
