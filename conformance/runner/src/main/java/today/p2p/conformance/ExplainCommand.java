package today.p2p.conformance;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Words;
import today.p2p.model.Mutant;
import today.p2p.report.CaseReport;
import today.p2p.report.RunReport;
import today.p2p.report.TesteeReport;
import today.p2p.vectors.Flag;

/** {@code p2p conform explain ID}. */
@Command(
        name = "explain",
        sortOptions = false,
        header = "Explain a case or a clause: the text, the bytes, the answer, the likely mistake.",
        description = {"", "With --testee the case is also asked, and the answer shown.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  p2p conform explain FRM-NEG-013",
            "  p2p conform explain MPK-10",
            "  p2p conform explain FRM-NEG-013 --testee \"python3 testee.py\""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:explained",
            "1:explained, and the testee fails it",
            "2:there is no such case or clause",
            "3:the testee could not be asked"
        })
final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "A case (FRM-NEG-013) or a clause (MPK-10).")
    private String id = "";

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
        try {
            Kit kit = testees.kit();
            Optional<Question> question = kit.find(id);
            if (question.isPresent()) {
                return explain(out, kit, question.get());
            }
            Optional<RunReport.Clause> clause = kit.specification().clause(id.toUpperCase(Locale.ROOT));
            if (clause.isPresent()) {
                explain(out, kit, clause.get());
                return Exit.CONFORMANT;
            }
            throw new IllegalArgumentException("no case and no clause has the id " + id + near(kit));
        } catch (IllegalArgumentException e) {
            return ConformCommand.usage(spec.commandLine().getErr(), e.getMessage());
        } catch (IllegalStateException e) {
            spec.commandLine().getErr().println("p2p conform: " + e.getMessage());
            return Exit.TROUBLE;
        } finally {
            out.flush();
        }
    }

    private String near(Kit kit) {
        String area = id.toUpperCase(Locale.ROOT).replaceFirst("-.*", "");
        List<String> near = Stream.concat(
                        kit.specification().clauses().stream().map(RunReport.Clause::id), kit.ids().stream())
                .filter(each -> each.startsWith(area + "-"))
                .limit(6)
                .toList();
        return near.isEmpty() ? "" : "; near it: " + String.join(", ", near) + ", ...";
    }

    private static void explain(PrintWriter out, Kit kit, RunReport.Clause clause) {
        clause(out, clause);
        out.println();
        out.println("Cases:");
        kit.questions().stream()
                .filter(each -> each.info().requirements().contains(clause.id()))
                .forEach(each -> out.println(
                        "  " + Console.pad(each.id(), 16) + each.info().note().comment()));
        mistakes(
                out,
                Stream.of(Mutant.values())
                        .filter(mutant -> mutant.clauses().contains(clause.id()))
                        .toList());
    }

    private int explain(PrintWriter out, Kit kit, Question question) throws InterruptedException {
        CaseReport.Info info = question.info();
        out.println(info.id() + "  " + info.note().comment());
        out.println("  " + info.level() + ", since suite " + info.note().since() + ", in "
                + info.note().file() + ", source: " + question.asked().source());
        out.println();
        info.requirements().forEach(each -> kit.specification().clause(each).ifPresent(text -> clause(out, text)));
        out.println();
        out.println("Asked     " + info.call().op() + " " + info.call().input());
        out.println("Expected  " + info.expected().json());
        HexDump.print(out, question.bytes(null));
        flags(out, kit, info);
        mistakes(out, likely(question));
        int exit = asked(out, kit, question);
        out.println();
        String testee = testees.testees.isEmpty() ? "\"python3 testee.py\"" : Words.quote(testees.testees.get(0));
        out.println("Repeat    ./p2p conform --testee " + testee + " --filter " + info.id());
        return exit;
    }

    private static void clause(PrintWriter out, RunReport.Clause clause) {
        out.println(clause.id() + " (" + clause.level() + ") " + clause.text());
        out.println("  " + clause.chapter() + ", protocol-spec/" + clause.file());
    }

    private static void flags(PrintWriter out, Kit kit, CaseReport.Info info) {
        for (String name : info.note().flags()) {
            Flag flag = kit.suite().flags().get(name);
            if (flag != null) {
                out.println();
                out.println(name + ": " + flag.description());
                out.println("  Where it goes wrong: " + flag.effect());
            }
        }
    }

    private static List<Mutant> likely(Question question) {
        List<Mutant> likely = new ArrayList<>();
        for (Mutant mutant : Mutant.values()) {
            boolean near = mutant.clauses().stream().anyMatch(question.info().requirements()::contains);
            if (near && Kit.catches(question, mutant)) {
                likely.add(mutant);
            }
        }
        return likely;
    }

    private static void mistakes(PrintWriter out, List<Mutant> mutants) {
        if (!mutants.isEmpty()) {
            out.println();
            out.println("Likely mistakes:");
            mutants.forEach(mutant -> out.println("  - " + mutant.description()));
        }
    }

    private int asked(PrintWriter out, Kit kit, Question question) throws InterruptedException {
        int exit = Exit.CONFORMANT;
        Examiner examiner = new Examiner(kit.specification(), false, null);
        for (Launch launch : testees.launches()) {
            TesteeReport report = new TesteeRun(launch, examiner, 0, Progress.SILENT).run(List.of(question));
            CaseReport found = report.cases().get(0);
            out.println();
            out.println(report.info().label() + ": " + found.verdict() + (found.imprecise() ? ", imprecise" : "") + "  "
                    + found.finding().text());
            out.println(
                    "Answer    " + Objects.requireNonNullElse(found.exchange().reply(), "(none)"));
            if (report.trouble() != null) {
                out.println("Trouble   " + report.trouble());
            }
            int code = Exit.of(List.of(report));
            exit = code == Exit.NOTHING_RAN ? exit : Math.max(exit, code);
        }
        return exit;
    }
}
