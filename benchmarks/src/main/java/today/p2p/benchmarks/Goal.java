package today.p2p.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ratio that the project wants to reach, or one that is only shown.
 *
 * @param group the heading that it stands under
 * @param name what a reader sees
 * @param numerator its figure is divided
 * @param denominator by this one's
 * @param bound the ratio to reach; NaN when it is only shown
 * @param atMost true when the ratio must not be above the bound, false when not below
 * @param unit NaN for a ratio of the two figures; else what the numerator takes longer is divided by so many nanoseconds
 */
record Goal(String group, String name, Cell numerator, Cell denominator, double bound, boolean atMost, double unit) {
    static Goal atMost(String group, String name, Cell above, Cell below, double bound) {
        return new Goal(group, name, above, below, bound, true, Double.NaN);
    }

    static Goal atLeast(String group, String name, Cell above, Cell below, double bound) {
        return new Goal(group, name, above, below, bound, false, Double.NaN);
    }

    static Goal shown(String group, String name, Cell above, Cell below) {
        return new Goal(group, name, above, below, Double.NaN, false, Double.NaN);
    }

    /** The time that {@code more} takes beyond {@code less} must be at most so many nanoseconds; shown as a share of them. */
    static Goal addsAtMost(String group, String name, Cell more, Cell less, double nanoseconds) {
        return new Goal(group, name, more, less, 1, true, nanoseconds);
    }

    Outcome judge(List<Measurement> measurements) {
        Measurement above = find(measurements, numerator);
        Measurement below = find(measurements, denominator);
        Measurement.Ratio ratio = Double.isNaN(unit) ? above.over(below) : above.beyond(below, unit);
        return new Outcome(this, above, below, ratio, verdict(ratio.median()));
    }

    private Optional<Boolean> verdict(double ratio) {
        if (Double.isNaN(bound) || Double.isNaN(ratio)) {
            return Optional.empty();
        }
        return Optional.of(atMost ? ratio <= bound : ratio >= bound);
    }

    private static Measurement find(List<Measurement> measurements, Cell cell) {
        return measurements.stream()
                .filter(measurement -> measurement.cell().equals(cell))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not measured: " + cell));
    }

    /**
     * What a run says of a goal.
     *
     * @param reached empty for a ratio that is only shown, or could not be measured
     */
    record Outcome(
            Goal goal,
            Measurement numerator,
            Measurement denominator,
            Measurement.Ratio ratio,
            Optional<Boolean> reached) {
        /** Why there is no ratio; empty when there is one. */
        String trouble() {
            if (!Double.isNaN(ratio.median())) {
                return "";
            }
            String why = Stream.of(numerator, denominator)
                    .flatMap(side -> side.troubles().stream())
                    .collect(Collectors.joining("; "));
            return "not measured: " + why;
        }
    }
}
