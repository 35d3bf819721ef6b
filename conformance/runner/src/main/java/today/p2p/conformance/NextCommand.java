package today.p2p.conformance;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Texts;
import today.p2p.report.CaseReport;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;

/** {@code p2p conform next}. */
@Command(
        name = "next",
        sortOptions = false,
        header = "Say which clause is the easiest one that a testee does not meet yet.",
        description = {
            "",
            "Runs the suite and looks for a clause of which a case fails or is skipped: first in operations that the"
                    + " testee offers, then in others, easy ones first; of these the clause with the fewest and"
                    + " smallest open cases.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = "  p2p conform next --testee \"python3 testee.py\"",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is green",
            "1:there is a next clause",
            "2:the command line is wrong",
            "3:the testee could not be asked"
        })
final class NextCommand implements Callable<Integer> {
    /** In the order in which a newcomer gets them working, each using what came before. */
    private static final List<String> EASY_FIRST = List.of(
            "base58.encode",
            "base58.decode",
            "id.protocol",
            "id.node",
            "broadcast.check",
            "link.conflict",
            "lease.check",
            "negotiate",
            "frame.decode",
            "frame.encode",
            "stream.feed",
            "chord.distance",
            "chord.positions",
            "chord.owner",
            "codec.decompress",
            "codec.compress");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @Mixin
    private final TesteeOptions testees = new TesteeOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<Launch> launches = testees.launches();
            if (launches.size() != 1) {
                throw new IllegalArgumentException("next: name one testee with --testee");
            }
            Kit kit = testees.kit();
            Examiner examiner = new Examiner(kit.specification(), false, null);
            TesteeReport report =
                    new TesteeRun(launches.get(0), examiner, 0, new Progress(err, testees.quiet)).run(kit.questions());
            if (report.info().hello() == null) {
                err.println("p2p conform: " + report.trouble());
                return Exit.TROUBLE;
            }
            return tell(out, kit, report);
        } catch (IllegalArgumentException e) {
            return ConformCommand.usage(err, e.getMessage());
        } catch (IllegalStateException e) {
            err.println("p2p conform: " + e.getMessage());
            return Exit.TROUBLE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int tell(PrintWriter out, Kit kit, TesteeReport report) {
        Optional<Map.Entry<String, List<CaseReport>>> next = next(report.cases());
        long green = report.cases().stream()
                .filter(each -> each.verdict() == Verdict.PASS)
                .count();
        out.println(
                report.info().label() + ": " + green + " of " + report.cases().size() + " cases green.");
        if (next.isEmpty()) {
            out.println("Nothing is left.");
            return Exit.CONFORMANT;
        }
        List<CaseReport> open = next.get().getValue();
        CaseReport first = open.get(0);
        out.println("Next: " + next.get().getKey() + ", " + Texts.count(open.size(), "open case", "open cases"));
        out.println();
        kit.specification()
                .clause(next.get().getKey())
                .ifPresent(clause -> out.println(
                        clause.id() + " (" + clause.level() + ") " + clause.text() + "  [" + clause.file() + "]"));
        out.println();
        out.println("Begin with " + first.id() + " (" + first.verdict() + ": "
                + first.finding().text() + ")");
        out.println("  " + first.info().note().comment());
        out.println("  " + first.info().call().op() + " "
                + Console.cut(first.info().call().input()));
        out.println("  expected " + Console.cut(first.info().expected().json()));
        out.println("  more: ./p2p conform explain " + first.id());
        out.println("  run:  " + report.repeat(first));
        return Exit.FAILED;
    }

    /** The easiest clause with open cases, these ordered from the smallest. */
    static Optional<Map.Entry<String, List<CaseReport>>> next(List<CaseReport> cases) {
        Map<String, List<CaseReport>> open = new LinkedHashMap<>();
        cases.stream()
                .filter(each -> each.verdict() == Verdict.FAIL || each.verdict() == Verdict.SKIP)
                .forEach(each -> each.info().requirements().stream()
                        .limit(1)
                        .forEach(clause -> open.computeIfAbsent(clause, any -> new ArrayList<>())
                                .add(each)));
        open.values().forEach(each -> each.sort(Comparator.comparingInt(NextCommand::size)));
        return open.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<String, List<CaseReport>> each) -> skipped(each.getValue()))
                        .thenComparing(each -> rank(each.getValue().get(0)))
                        .thenComparing(each -> needsCodec(each.getValue().get(0)))
                        .thenComparing(each -> each.getValue().size())
                        .thenComparing(each -> size(each.getValue().get(0))));
    }

    private static boolean skipped(List<CaseReport> cases) {
        return cases.stream().allMatch(each -> each.verdict() == Verdict.SKIP);
    }

    private static int rank(CaseReport found) {
        int rank = EASY_FIRST.indexOf(found.info().call().op());
        return rank < 0 ? EASY_FIRST.size() : rank;
    }

    private static boolean needsCodec(CaseReport found) {
        return found.info().call().input().matches("(?s).*\"codecs?\":(\\[\\d|\\d).*");
    }

    private static int size(CaseReport found) {
        return found.info().call().input().length()
                + found.info().expected().json().length();
    }
}
