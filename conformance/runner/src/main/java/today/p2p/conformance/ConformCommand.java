package today.p2p.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Trace;

/** {@code p2p conform}: judges implementations against the vectors. For picocli; used by one thread. */
@Command(
        name = "conform",
        sortOptions = false,
        subcommands = {ExplainCommand.class, NextCommand.class},
        header = "Judges implementations of the protocol, in any language, against the test vectors.",
        description = {
            "",
            "Starts each testee as a process, asks it every case of the suite in the testee protocol (JSON lines on"
                    + " stdin and stdout; protocol-spec/testee-protocol.md), and compares the answers with the vectors."
                    + " A crash, a hang or stray output is charged to the case that caused it; the testee is started"
                    + " again and the next case runs.",
            "",
            "Before each run the kit proves itself: it must catch testees that are broken on purpose.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nFilters:%n",
        footer = {
            "  A pattern (* and ?) chooses case ids; with a key it looks elsewhere:",
            "  area:, op:, req:, level:, flag:, result:, file:. Combine with & (and), | (or),",
            "  ! (not) and parentheses; quote the whole for your shell.",
            "  The area of a case is its id up to the first dash: FRM of FRM-NEG-013. The",
            "  tables and the page mean the same by it. A case can test clauses of other",
            "  areas, such as OPC-2; req:OPC-* finds those.",
            "",
            "Examples:",
            "  p2p conform --testee \"python3 testee.py\"",
            "  p2p conform --testee \"java=./p2p testee\" --testee py=./testee.py",
            "  p2p conform --testee ./testee --filter 'FRM-* & !flag:Lenient & level:MUST'",
            "  p2p conform --testee ./testee --fuzz 3000 --seed 7 --shrink",
            "  p2p conform --testee ./testee --baseline known.txt --update-baseline",
            "  p2p conform explain FRM-NEG-013",
            "  p2p conform next --testee ./testee",
            "",
            "Baselines:",
            "  One line a known failure: ID cause=WORD [issue=URL] until=YYYY-MM-DD.",
            "  A case that passes, fails for another cause or is gone, and a date that",
            "  has passed, make the run fail."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:conformant, or only expected failures",
            "1:a case failed, passed against its baseline, or was flaky; a baseline is stale;"
                    + " a testee did not end as bye asks",
            "2:the command line is wrong",
            "3:a testee or the machine made a judgement impossible",
            "4:the kit failed its self-check",
            "5:nothing ran"
        })
public final class ConformCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final TesteeOptions testees = new TesteeOptions();

    @Option(names = "--filter", paramLabel = "EXPR", defaultValue = "", description = "Choose cases; see Filters.")
    private String filter = "";

    @Option(names = "--list", description = "List the chosen cases and run nothing.")
    private boolean list;

    @Option(names = "--live", description = "Only the live cases, in which peers act a script with a node.")
    private boolean live;

    @Option(names = "--slow", description = "Also the live cases that wait for timers of ten seconds and more.")
    private boolean slow;

    @Option(
            names = "--suite",
            paramLabel = "VERSION",
            description = "Pin the suite: newer cases are told as NEW and do not fail.")
    private @Nullable String pinned;

    @Option(names = "--strict", description = "SHOULD counts, and so does an error code other than the specified one.")
    private boolean strict;

    @Option(
            names = "--baseline",
            paramLabel = "[NAME=]FILE",
            description = "Known failures of the testee of that name, or of the only one.")
    private List<String> baselines = new ArrayList<>();

    @Option(names = "--update-baseline", description = "Write the baselines anew from what was found.")
    private boolean updateBaseline;

    @Option(
            names = "--retry",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "1",
            defaultValue = "0",
            description = "Repeat a failed case up to N times (1); passing then makes it FLAKY, which fails.")
    private int retry;

    @Option(
            names = "--fuzz",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also compare N mutated frames with the model's opinion.")
    private int fuzz;

    @Option(names = "--seed", paramLabel = "S", description = "Repeat what was random in an earlier run.")
    private @Nullable Long seed;

    @Option(names = "--shrink", description = "Look for the smallest frame that fails alike.")
    private boolean shrink;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            defaultValue = "conformance-report",
            description = "Where index.html, results.json, junit.xml, ... go (default: ${DEFAULT-VALUE}).")
    private Path reportDirectory = Path.of("conformance-report");

    @Option(names = "--no-report", description = "Write no report.")
    private boolean noReport;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Tell what differs from an earlier run's results.json.")
    private @Nullable Path compare;

    @Option(names = "--json", description = "Print the results as JSON on stdout instead of the summary.")
    private boolean json;

    /** What the other classes need of the command line. */
    record Wishes(
            String filter,
            @Nullable String pinned,
            boolean strict,
            int fuzz,
            long seed,
            boolean shrink,
            boolean quiet,
            List<String> command) {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run(out, err);
        } catch (IllegalArgumentException e) {
            return usage(err, e.getMessage());
        } catch (RuntimeException | IOException e) {
            err.println("p2p conform: " + said(e));
            return Exit.TROUBLE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int run(PrintWriter out, PrintWriter err) throws InterruptedException, IOException {
        check();
        Kit kit = testees.kit();
        List<Question> chosen = choose(kit);
        if (list) {
            chosen.forEach(each -> out.println(line(each)));
            return chosen.isEmpty() ? nothing(err, kit) : Exit.CONFORMANT;
        }
        List<Launch> launches = testees.launches();
        if (launches.isEmpty()) {
            throw new IllegalArgumentException("name at least one testee: --testee \"python3 testee.py\"");
        }
        Baselines known = Baselines.read(baselines, launches, updateBaseline);
        if (chosen.isEmpty()) {
            return nothing(err, kit);
        }
        try (Trace trace = testees.openTrace()) {
            TesteeRun.Settings settings = new TesteeRun.Settings(retry, slow, repeatable(), trace);
            Judgement judgement = new Judgement(kit, wishes(), known, new Progress(err, testees.quiet), settings);
            if (!testees.noSelfCheck && !judgement.selfCheck(err)) {
                return Exit.SELF_CHECK;
            }
            judgement.run(launches, chosen);
            Telling telling = new Telling(out, noReport ? null : reportDirectory, compare, json, testees.quiet);
            return telling.tell(judgement);
        }
    }

    private int nothing(PrintWriter err, Kit kit) {
        err.println("p2p conform: no case matches " + filter + Filter.suggestion(filter, kit.infos()));
        return Exit.NOTHING_RAN;
    }

    /** What a command needs besides the testee to judge a case as this one does. */
    private List<String> repeatable() {
        List<String> words = testees.repeatable();
        if (strict) {
            words.add("--strict");
        }
        if (slow) {
            words.add("--slow");
        }
        if (pinned != null) {
            words.addAll(List.of("--suite", pinned));
        }
        return words;
    }

    private void check() {
        if (pinned != null && !Versions.isVersion(pinned)) {
            throw new IllegalArgumentException("--suite: " + pinned + " is not a version such as 1.0");
        }
        if (retry < 0 || retry > 10) {
            throw new IllegalArgumentException("--retry: at most 10 times");
        }
        if (fuzz < 0 || fuzz > 1_000_000) {
            throw new IllegalArgumentException("--fuzz: at most 1000000 frames");
        }
    }

    private List<Question> choose(Kit kit) {
        try {
            var wanted = Filter.parse(filter, kit.infos());
            return kit.questions().stream()
                    .filter(each -> !live || each.asked().isLive())
                    .filter(each -> wanted.test(each.info()))
                    .toList();
        } catch (Filter.BadFilter e) {
            throw new IllegalArgumentException("--filter: " + e.getMessage(), e);
        }
    }

    private Wishes wishes() {
        long used = seed == null ? ThreadLocalRandom.current().nextLong(1L << 48) : seed;
        List<String> command =
                new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        if (command.isEmpty() || !command.get(0).equals("conform")) {
            command.add(0, "conform");
        }
        return new Wishes(filter, pinned, strict, fuzz, used, shrink, testees.quiet, command);
    }

    private static String line(Question each) {
        return Console.pad(each.id(), 16)
                + Console.pad(each.info().level(), 8)
                + Console.pad(each.info().expected().result(), 9)
                + Console.pad(each.asked().op(), 18)
                + Console.pad(String.join(",", each.info().requirements()), 20)
                + each.info().note().comment();
    }

    /** What failed, in a sentence. Of some failures of files the message is the name of the file. */
    static String said(Exception failure) {
        if (failure instanceof NoSuchFileException file) {
            return "there is no file or folder " + file.getFile();
        } else if (failure instanceof FileSystemException file) {
            String why = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
            return file.getFile() + " cannot be used: " + why;
        }
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    /** A mistake on the command line: what is wrong, and where help is. */
    static int usage(PrintWriter err, @Nullable String message) {
        err.println("p2p conform: " + message);
        err.println("Try 'p2p conform --help'.");
        err.flush();
        return Exit.USAGE;
    }
}
