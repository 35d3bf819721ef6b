package today.p2p.conformance;

import java.util.List;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;

/** The exit codes of {@code p2p conform}. */
final class Exit {
    static final int CONFORMANT = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int TROUBLE = 3;
    static final int SELF_CHECK = 4;
    static final int NOTHING_RAN = 5;

    private Exit() {}

    /** What the findings lead to. A testee that could not be judged outweighs one that failed: the run is not whole. */
    static int of(List<TesteeReport> testees) {
        if (testees.stream().anyMatch(Exit::isTroubled)) {
            return TROUBLE;
        }
        if (testees.stream().anyMatch(Exit::isFailed)) {
            return FAILED;
        }
        boolean ran = testees.stream()
                .flatMap(testee -> testee.cases().stream())
                .anyMatch(each -> each.verdict() != Verdict.SKIP);
        return ran ? CONFORMANT : NOTHING_RAN;
    }

    private static boolean isTroubled(TesteeReport testee) {
        return testee.trouble() != null
                || testee.cases().stream()
                        .anyMatch(each -> each.verdict() == Verdict.NOTRUN || each.verdict() == Verdict.INFRA);
    }

    private static boolean isFailed(TesteeReport testee) {
        return !testee.complaints().isEmpty()
                || testee.cases().stream().anyMatch(each -> each.verdict().isBad());
    }
}
