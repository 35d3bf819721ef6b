package today.p2p.report;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How often each verdict was given. */
final class Tally {
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private int total;
    private int imprecise;

    private Tally() {}

    static Tally of(Collection<CaseReport> cases) {
        Tally tally = new Tally();
        for (CaseReport each : cases) {
            tally.total++;
            tally.counts.merge(each.verdict(), 1, Integer::sum);
            if (each.imprecise() && each.verdict() == Verdict.PASS) {
                tally.imprecise++;
            }
        }
        return tally;
    }

    int total() {
        return total;
    }

    int of(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    /** Passed, but with another error code than the first failing check gives. Part of the passes. */
    int imprecise() {
        return imprecise;
    }

    /** Verdicts with which a run cannot end well. */
    int bad() {
        return counts.entrySet().stream()
                .filter(each -> each.getKey().isBad())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Cases that say something about the testee: neither left out nor only told. */
    int judged() {
        return total - of(Verdict.SKIP) - of(Verdict.INFO) - of(Verdict.NEW) - of(Verdict.NOTRUN) - of(Verdict.INFRA);
    }
}
