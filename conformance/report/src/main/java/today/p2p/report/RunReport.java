package today.p2p.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run found out: the whole input of every report. Immutable; times in UTC.
 *
 * @param suite the vectors that were used
 * @param run when, where and how it was run
 * @param selfCheck how the kit proved itself before the run
 * @param clauses the clauses of the specification, in the order of its chapters
 * @param names what the codes and numbers of the registry stand for, for a reader
 * @param mutants deliberate defects and the cases that catch them; empty when not known
 * @param testees one each, in the order of the command line
 */
public record RunReport(
        Suite suite,
        Run run,
        SelfCheck selfCheck,
        List<Clause> clauses,
        Names names,
        List<MutantRow> mutants,
        List<TesteeReport> testees) {

    public RunReport {
        clauses = List.copyOf(clauses);
        mutants = List.copyOf(mutants);
        testees = List.copyOf(testees);
    }

    /** The clause with this id, such as {@code FRM-7}. */
    public Optional<Clause> clause(String id) {
        return clauses.stream().filter(clause -> clause.id().equals(id)).findFirst();
    }

    /**
     * The vectors of a run.
     *
     * @param version of the suite, semantic: patch wording, minor new cases, major a changed verdict
     * @param protocol version of the protocol, {@code 0.7}
     * @param cases cases in the whole suite, before any filter
     * @param files SHA-256 (hex) of each vector file, by name
     * @param source where the vectors came from: {@code built in} or a directory
     */
    public record Suite(String version, String protocol, int cases, Map<String, String> files, String source) {}

    /**
     * What the registry says about codes, for a reader who does not have it at hand.
     *
     * @param errors what each error code means, in a sentence; may be empty
     * @param codecs the name of each codec number; may be empty
     */
    public record Names(Map<String, String> errors, Map<Integer, String> codecs) {
        public Names {
            errors = Map.copyOf(errors);
            codecs = Map.copyOf(codecs);
        }
    }

    /**
     * The run itself.
     *
     * @param command the words of the command line, {@code conform} first, so that the run can be repeated
     * @param settings what the command line asked for
     * @param exitCode the exit code that the findings lead to
     */
    public record Run(
            Instant started,
            Duration elapsed,
            List<String> command,
            Settings settings,
            int exitCode,
            Environment environment) {
        public Run {
            command = List.copyOf(command);
        }
    }

    /**
     * What shaped the run.
     *
     * @param seed of everything random in the run
     * @param strict whether imprecise error codes and SHOULD cases count as failures
     * @param filter as given; empty when all cases were asked for
     * @param pinned the suite version asked for with {@code --suite}, or null
     */
    public record Settings(
            long seed,
            boolean strict,
            String filter,
            @Nullable String pinned) {}

    /**
     * The machine.
     *
     * @param kit version of this kit
     * @param os name, version and architecture
     * @param java version and vendor of the virtual machine that runs the kit
     */
    public record Environment(String kit, String os, String java, int processors) {}

    /**
     * The kit's proof of itself: a good testee must be green, and each broken one must be caught.
     *
     * @param ran false with {@code --no-self-check}
     */
    public record SelfCheck(boolean ran, Duration elapsed, List<Probe> probes) {
        public SelfCheck {
            probes = List.copyOf(probes);
        }

        /** True if it ran and every probe ended as it must. */
        public boolean passed() {
            return ran && probes.stream().allMatch(Probe::passed);
        }
    }

    /**
     * One testee of the self-check.
     *
     * @param name what is wrong with it, such as {@code hangs}, or {@code good}
     * @param expected what the kit must say about it
     * @param got what it said
     */
    public record Probe(String name, String expected, String got) {
        public boolean passed() {
            return expected.equals(got);
        }
    }

    /**
     * One numbered requirement.
     *
     * @param id such as {@code FRM-7}
     * @param level MUST, SHOULD or MAY
     * @param text the sentence, one line, Markdown
     * @param chapter title of the chapter
     * @param file name of the chapter's file, such as {@code 02-framing.md}
     * @param errors codes that the clause names
     */
    public record Clause(String id, String level, String text, String chapter, String file, List<String> errors) {
        public Clause {
            errors = List.copyOf(errors);
        }

        /** The letters before the dash: {@code FRM}. */
        public String area() {
            return id.substring(0, id.lastIndexOf('-'));
        }
    }

    /**
     * One deliberate defect.
     *
     * @param id such as {@code M-TRAILING}
     * @param clauses that it breaks
     * @param caughtBy ids of the cases that fail on it
     */
    public record MutantRow(String id, String defect, List<String> clauses, List<String> caughtBy) {
        public MutantRow {
            clauses = List.copyOf(clauses);
            caughtBy = List.copyOf(caughtBy);
        }
    }
}
