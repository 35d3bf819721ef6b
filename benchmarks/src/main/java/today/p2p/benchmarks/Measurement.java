package today.p2p.benchmarks;

import java.util.Arrays;

/**
 * One cell on one JVM, a figure a round.
 *
 * @param nanoseconds time of one call, by round
 * @param allocatedBytes bytes allocated by one call, by round
 */
record Measurement(Cell cell, String jvm, double[] nanoseconds, double[] allocatedBytes) {
    double median() {
        return median(nanoseconds);
    }

    double allocated() {
        return median(allocatedBytes);
    }

    /** This one's time in units of {@code other}'s, round by round, since a machine's speed drifts. */
    Ratio over(Measurement other) {
        double[] ratios = new double[nanoseconds.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = nanoseconds[round] / other.nanoseconds[round];
        }
        return Ratio.of(ratios);
    }

    /** What this one takes beyond {@code other}, in units of {@code unit} nanoseconds, round by round. */
    Ratio beyond(Measurement other, double unit) {
        double[] shares = new double[nanoseconds.length];
        for (int round = 0; round < shares.length; round++) {
            shares[round] = (nanoseconds[round] - other.nanoseconds[round]) / unit;
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
