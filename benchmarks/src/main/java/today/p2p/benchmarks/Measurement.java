package today.p2p.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One cell on one JVM, a figure a round.
 *
 * @param unit of the figures
 * @param values the figures, by round
 * @param allocatedBytes bytes allocated by one call, by round; NaN where that is not known
 * @param troubles why figures are missing, which then are NaN; each reason once
 */
record Measurement(Cell cell, String jvm, Unit unit, double[] values, double[] allocatedBytes, List<String> troubles) {
    Measurement(Cell cell, String jvm, Unit unit, double[] values, double[] allocatedBytes) {
        this(cell, jvm, unit, values, allocatedBytes, new ArrayList<>());
    }

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
        double[] sorted = known(values);
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Those that there are, in their order. */
    private static double[] known(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** Least, median and greatest ratio of the rounds that have one; NaN if none has. */
    record Ratio(double least, double median, double greatest) {
        private static Ratio of(double[] rounds) {
            double[] known = known(rounds);
            return known.length == 0
                    ? new Ratio(Double.NaN, Double.NaN, Double.NaN)
                    : new Ratio(known[0], Measurement.median(known), known[known.length - 1]);
        }
    }
}
