package today.p2p.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Texts;
import today.p2p.conformance.process.Trace;
import today.p2p.report.CaseReport;
import today.p2p.report.TesteeReport;
import today.p2p.report.Verdict;

/** {@code p2p conform next}. */
@Command(
        name = "next",
        sortOptions = false,
        header = "Says which clause is the easiest one that a testee does not meet yet.",
        description = {
            "",
            "Runs the suite and looks for a clause of which a case fails or is skipped: first where something fails, then"
                    + " where an operation is missing, in the order that protocol-spec/README.md recommends; of these"
                    + " the clause with the fewest and smallest open cases.",
            "Cases that need codecs which the testee does not offer are optional (CMP-4): they are told when nothing"
                    + " else is left.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = "  p2p conform next --testee \"python3 testee.py\"",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything obligatory is green",
            "1:there is a next clause",
            "2:the command line is wrong",
            "3:the testee could not be asked"
        })
final class NextCommand implements Callable<Integer> {
    /** The order of protocol-spec/README.md; clauses of other chapters come last. */
    private static final List<String> CHAPTERS =
            List.of("FRM", "MSG", "B58", "SUB", "NID", "MPK", "STR", "CMP", "NEG", "LNK", "MSH");

    /** In the order in which a newcomer gets them working, each using what came before. */
    private static final List<String> EASY_FIRST = List.of(
            "frame.decode",
            "frame.encode",
            "stream.feed",
            "base58.encode",
            "base58.decode",
            "id.protocol",
            "id.node",
            "broadcast.check",
            "link.conflict",
            "lease.check",
            "sync.play",
            "negotiate",
            "chord.distance",
            "chord.positions",
            "chord.owner",
            "codec.decompress",
            "codec.compress",
            "handshake.check",
            "link.on",
            "link.renegotiate",
            "link.duplicate",
            "link.resend",
            "link.times",
            "link.rate",
            "link.queue",
            "link.unhandled",
            "link.admit",
            "peers.list",
            "peers.ask",
            "peers.read",
            "dial.check",
            "broadcast.arrive",
            "broadcast.date",
            "request.answer",
            "response.use");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final TesteeOptions testees = new TesteeOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Trace trace = testees.openTrace()) {
            List<Launch> launches = testees.launches();
            if (launches.size() != 1) {
                throw new IllegalArgumentException("next: name one testee with --testee");
            }
            Kit kit = testees.kit();
            Examiner examiner = new Examiner(kit.specification(), false, null);
            Progress progress = new Progress(err, testees.quiet);
            progress.begin(
                    launches.get(0).name().isEmpty() ? "next" : launches.get(0).name());
            TesteeRun.Settings settings = new TesteeRun.Settings(0, false, testees.repeatable(), trace);
            TesteeReport report = new TesteeRun(launches.get(0), examiner, settings, progress).run(kit.questions());
            if (report.info().hello() == null) {
                err.println("p2p conform: " + report.trouble());
                return Exit.TROUBLE;
            }
            return tell(out, kit, examiner, report);
        } catch (IllegalArgumentException e) {
            return ConformCommand.usage(err, e.getMessage());
        } catch (IllegalStateException | IOException e) {
            err.println("p2p conform: " + ConformCommand.said(e));
            return Exit.TROUBLE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int tell(PrintWriter out, Kit kit, Examiner examiner, TesteeReport report) {
        Map<String, List<Integer>> lacking = lacking(kit, examiner, report);
        Optional<Map.Entry<String, List<CaseReport>>> next = next(report.cases().stream()
                .filter(each -> !lacking.containsKey(each.id()))
                .filter(each -> !kit.find(each.id()).map(Question::isSlow).orElse(false))
                .toList());
        long green = report.cases().stream()
                .filter(each -> each.verdict() == Verdict.PASS)
                .count();
        out.println(
                report.info().label() + ": " + green + " of " + report.cases().size() + " cases green.");
        if (next.isEmpty()) {
            out.println(lacking.isEmpty() ? "Nothing is left." : "Everything obligatory is green.");
            optional(lacking.values())
                    .forEach(codec -> out.println("Optional: codec " + codec.getKey() + " ("
                            + kit.specification().codecs().get(codec.getKey()) + ") opens "
                            + Texts.count(codec.getValue(), "case", "cases")));
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

    /** The cases that are skipped for want of codecs alone, each with these codecs. */
    private static Map<String, List<Integer>> lacking(Kit kit, Examiner examiner, TesteeReport report) {
        TesteeReport.Hello hello = Objects.requireNonNull(report.info().hello());
        Map<String, List<Integer>> lacking = new LinkedHashMap<>();
        for (CaseReport each : report.cases()) {
            if (each.verdict() == Verdict.SKIP) {
                List<Integer> codecs = kit.find(each.id())
                        .filter(question -> hello.ops().containsAll(question.ops()))
                        .map(question -> wanting(question, examiner, hello))
                        .orElse(List.of());
                if (!codecs.isEmpty()) {
                    lacking.put(each.id(), codecs);
                }
            }
        }
        return lacking;
    }

    /** A codec may also be read and not written; whoever says so skips what has to be compressed. */
    private static List<Integer> wanting(Question question, Examiner examiner, TesteeReport.Hello hello) {
        return question.ops().contains("codec.compress")
                ? question.codecs()
                : examiner.lacking(question, hello.codecs());
    }

    /** The codecs by the number of cases for which nothing else is missing, the most useful one first. */
    static List<Map.Entry<Integer, Integer>> optional(Collection<List<Integer>> lacking) {
        Map<Integer, Integer> opens = new LinkedHashMap<>();
        lacking.stream().flatMap(List::stream).forEach(codec -> opens.put(codec, 0));
        lacking.stream()
                .filter(codecs -> codecs.size() == 1)
                .forEach(codecs -> opens.merge(codecs.get(0), 1, Integer::sum));
        return opens.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .toList();
    }

    /** The easiest clause with open cases; of these first what fails, then the smallest. */
    static Optional<Map.Entry<String, List<CaseReport>>> next(List<CaseReport> cases) {
        Map<String, List<CaseReport>> open = new LinkedHashMap<>();
        cases.stream()
                .filter(each -> each.verdict() == Verdict.FAIL || each.verdict() == Verdict.SKIP)
                .forEach(each -> each.info().requirements().stream()
                        .limit(1)
                        .forEach(clause -> open.computeIfAbsent(clause, any -> new ArrayList<>())
                                .add(each)));
        Comparator<CaseReport> failedFirst = Comparator.comparing(each -> each.verdict() == Verdict.SKIP);
        open.values().forEach(each -> each.sort(failedFirst.thenComparingInt(NextCommand::size)));
        return open.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<String, List<CaseReport>> each) -> skipped(each.getValue()))
                        .thenComparing(each -> chapter(each.getKey()))
                        .thenComparing(each -> needsCodec(each.getValue().get(0)))
                        .thenComparing(each -> rank(each.getValue().get(0)))
                        .thenComparing(each -> each.getValue().size())
                        .thenComparing(each -> size(each.getValue().get(0))));
    }

    private static boolean skipped(List<CaseReport> cases) {
        return cases.stream().allMatch(each -> each.verdict() == Verdict.SKIP);
    }

    private static int chapter(String clause) {
        int rank = CHAPTERS.indexOf(clause.replaceFirst("-.*", ""));
        return rank < 0 ? CHAPTERS.size() : rank;
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
