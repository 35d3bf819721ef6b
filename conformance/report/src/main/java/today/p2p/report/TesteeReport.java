package today.p2p.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run found out about one testee.
 *
 * @param info who it is
 * @param cases one for each case that the filter chose, in the order of the suite
 * @param restarts how often it was started again after a fault
 * @param trouble why it could not be tested (not found, no hello), or null
 * @param complaints what is wrong beside the cases: an unclean end, a stale line of its baseline; each makes the run fail
 */
public record TesteeReport(
        Info info,
        List<CaseReport> cases,
        int restarts,
        @Nullable String trouble,
        List<String> complaints,
        Duration elapsed) {

    public TesteeReport {
        cases = List.copyOf(cases);
        complaints = List.copyOf(complaints);
    }

    /** How many cases have each verdict; verdicts that do not occur are absent. */
    public Map<Verdict, Integer> counts() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        cases.forEach(each -> counts.merge(each.verdict(), 1, Integer::sum));
        return counts;
    }

    /** What the verdicts add up to. */
    public Standing standing() {
        return Standing.of(this);
    }

    /** Passed, but with another error code than the one that the order of checks gives (ERR-1, FRM-13). */
    public List<CaseReport> imprecise() {
        return cases.stream().filter(CaseReport::imprecise).toList();
    }

    /** The beginning of a command that runs one case again; the id of the case is missing at its end. */
    String repeat() {
        List<String> words = new ArrayList<>(List.of("--testee", info.command()));
        words.addAll(info.options());
        return "./p2p conform " + words.stream().map(ShellWord::of).collect(Collectors.joining(" ")) + " --filter ";
    }

    /** A command that runs this one case again, under the options that this run had. */
    public String repeat(CaseReport one) {
        return repeat() + one.id();
    }

    /**
     * Who a testee is: the command line, and its own answer to hello, which is empty until there was one.
     *
     * @param label unique within the run: the name given on the command line, else the one from hello
     * @param command as given
     * @param hello its answer, or null if it never gave one
     * @param options words of the command line that can change a verdict, such as {@code --env NAME=VALUE}
     */
    public record Info(
            String label, String command, @Nullable Hello hello, List<String> options) {
        public Info {
            options = List.copyOf(options);
        }
    }

    /** The answer to hello; see the testee protocol. */
    public record Hello(
            String name, String version, String language, List<String> ops, List<Integer> codecs, Abilities abilities) {
        public Hello {
            ops = List.copyOf(ops);
            codecs = List.copyOf(codecs);
        }
    }

    /** The part of hello that level 1 does not use. */
    public record Abilities(List<String> roles, List<String> dialects) {
        public Abilities {
            roles = List.copyOf(roles);
            dialects = List.copyOf(dialects);
        }
    }
}
