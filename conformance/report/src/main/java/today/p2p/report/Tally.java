package today.p2p.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How often each mark was given. */
final class Tally {
    private final Map<Mark, Integer> counts = new EnumMap<>(Mark.class);
    private int total;

    private Tally() {}

    static Tally of(Collection<CaseReport> cases) {
        Tally tally = new Tally();
        cases.forEach(each -> tally.counts.merge(Mark.of(each), 1, Integer::sum));
        tally.total = cases.size();
        return tally;
    }

    int total() {
        return total;
    }

    int of(Mark mark) {
        return counts.getOrDefault(mark, 0);
    }

    /** The marks that occur, worst first. */
    List<Mark> marks() {
        return new ArrayList<>(counts.keySet());
    }

    /** Cases with which a run cannot end well. */
    int bad() {
        return sum(counts.keySet().stream().filter(Mark::isBad).collect(Collectors.toSet()));
    }

    /** Cases that say something about the testee: asked, answered for, and not left open. */
    int judged() {
        return total - sum(Set.of(Mark.SKIP, Mark.INFO, Mark.NEW, Mark.NOTRUN, Mark.INFRA));
    }

    private int sum(Set<Mark> marks) {
        return marks.stream().mapToInt(this::of).sum();
    }

    /** Such as {@code 2 fail, 12 pass}. */
    String words() {
        return marks().stream().map(mark -> of(mark) + " " + mark.word()).collect(Collectors.joining(", "));
    }
}
