package today.p2p.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import today.p2p.conformance.process.Launch;
import today.p2p.conformance.process.Words;
import today.p2p.live.Script;
import today.p2p.model.Model;
import today.p2p.report.CaseReport;
import today.p2p.report.RunReport;
import today.p2p.report.TesteeReport;
import today.p2p.vectors.Flag;

/** {@code p2p conform explain ID}. */
@Command(
        name = "explain",
        sortOptions = false,
        header = "Explains a case or a clause: the text, the bytes, the answer, the likely mistake.",
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
    private static final int MOST = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            description = "A case (FRM-NEG-013), a clause (MPK-10), an error code (BODY), a limit (max-depth) or an"
                    + " example of the text (frame-whisper).")
    private String id = "";

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
            Optional<String> word = kit.specification().word(id);
            if (word.isPresent()) {
                word(out, kit, id.toUpperCase(Locale.ROOT), word.get());
                return Exit.CONFORMANT;
            }
            throw new IllegalArgumentException(
                    "no case, clause, error code, limit or example has the id " + id + near(kit));
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
        String upper = id.toUpperCase(Locale.ROOT);
        return Stream.of(upper.replaceFirst("\\d*$", ""), upper.replaceFirst("-.*", "-"))
                .filter(prefix -> prefix.endsWith("-"))
                .map(prefix -> near(kit, prefix))
                .filter(near -> !near.isEmpty())
                .findFirst()
                .map(near -> "; near it: " + String.join(", ", near) + ", ...")
                .orElse("");
    }

    /** A few ids of the same kind: cases like FRM-NEG-001 for FRM-NEG-, clauses like FRM-1 for FRM-. */
    private static List<String> near(Kit kit, String prefix) {
        return Stream.concat(kit.specification().clauses().stream().map(RunReport.Clause::id), kit.ids().stream())
                .filter(each -> each.startsWith(prefix))
                .limit(6)
                .toList();
    }

    /** An error code with the clauses that end in it, a limit or an example. */
    private static void word(PrintWriter out, Kit kit, String name, String text) {
        out.println(text);
        List<String> clauses = endingIn(kit, name);
        if (!clauses.isEmpty()) {
            out.println("Clauses that end in it: " + String.join(", ", clauses));
        }
    }

    private static List<String> endingIn(Kit kit, String error) {
        return kit.specification().clauses().stream()
                .filter(each -> each.errors().contains(error))
                .map(RunReport.Clause::id)
                .toList();
    }

    private static void explain(PrintWriter out, Kit kit, RunReport.Clause clause) {
        clause(out, clause);
        out.println();
        List<Question> cases = kit.questions().stream()
                .filter(each -> each.info().requirements().contains(clause.id()))
                .toList();
        if (cases.isEmpty()) {
            out.println("No case of the suite can show it from outside.");
        } else {
            out.println("Cases:");
        }
        cases.forEach(each -> out.println(
                "  " + Console.pad(each.id(), 16) + each.info().note().comment()));
        mistakes(
                out,
                Model.Defect.all().stream()
                        .filter(mutant -> mutant.clauses().contains(clause.id()))
                        .toList());
        pointers(out, clause.id());
    }

    /** Where else to look, when the sources are there: the rest of the text, and the tests. */
    private static void pointers(PrintWriter out, String clause) {
        Citations citations = new Citations(Path.of(System.getProperty("p2p.root", "")));
        List<String> lines = citations.of(clause);
        pointers(out, "In the text:", lines.stream().filter(Citations::isText).toList());
        pointers(
                out,
                "Tests that cite it:",
                lines.stream().filter(line -> !Citations.isText(line)).toList());
        if (lines.isEmpty()) {
            out.println();
            out.println("The sources, with the tests that cite it, are not here.");
        }
    }

    private static void pointers(PrintWriter out, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.println();
        out.println(title);
        lines.stream().limit(MOST).forEach(line -> out.println("  " + Console.cut(line)));
        if (lines.size() > MOST) {
            out.println("  and " + (lines.size() - MOST) + " more");
        }
    }

    private int explain(PrintWriter out, Kit kit, Question question) throws InterruptedException {
        CaseReport.Info info = question.info();
        out.println(info.id() + "  " + info.note().comment());
        out.println("  " + info.level() + ", since suite " + info.note().since() + ", in "
                + info.note().file() + ", source: " + question.asked().source());
        out.println();
        info.requirements().forEach(each -> kit.specification().clause(each).ifPresent(text -> clause(out, text)));
        String error = question.asked().expect().path("err").asString("");
        if (!error.isEmpty()) {
            out.println("Clauses that end in " + error + ": " + String.join(", ", endingIn(kit, error)));
        }
        out.println();
        if (question.asked().isLive()) {
            out.println("Acted     with a node of the testee");
            Script.of(question.asked()).lines().forEach(line -> out.println("  " + line));
        } else {
            out.println("Asked     " + info.call().op() + " " + info.call().input());
            out.println("Expected  " + info.expected().json());
        }
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

    private static List<Model.Defect> likely(Question question) {
        List<Model.Defect> likely = new ArrayList<>();
        for (Model.Defect mutant : Model.Defect.all()) {
            // The first clause is the one that is broken; the others suffer from it, often for another reason.
            boolean near =
                    question.info().requirements().contains(mutant.clauses().get(0));
            if (near && Kit.catches(question, mutant)) {
                likely.add(mutant);
            }
        }
        return likely;
    }

    private static void mistakes(PrintWriter out, List<Model.Defect> mutants) {
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
            TesteeReport report =
                    new TesteeRun(launch, examiner, TesteeRun.Settings.PLAIN, Progress.SILENT).run(List.of(question));
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

    /**
     * Where the sources speak of a clause: the other chapters, and the tests of the reference implementation.
     *
     * @param root of the sources; where there are none, nothing is found
     */
    record Citations(Path root) {
        private static final List<String> TREES = List.of("protocol-spec", "java", "conformance", "interop", "rigs");

        /** Lines {@code file:line  what stands there} that cite the clause. */
        List<String> of(String clause) {
            Pattern id = Pattern.compile("(?<![A-Z0-9-])" + Pattern.quote(clause) + "(?!\\d)");
            List<String> lines = new ArrayList<>();
            for (String tree : TREES) {
                if (Files.isDirectory(root.resolve(tree))) {
                    files(root.resolve(tree)).forEach(file -> cite(file, id, lines));
                }
            }
            return lines;
        }

        /** Whether a line that was found is of the text, and not of a test. */
        static boolean isText(String line) {
            return line.startsWith("protocol-spec") && line.contains(".md:");
        }

        private static List<Path> files(Path tree) {
            try (Stream<Path> all = Files.walk(tree)) {
                return all.filter(Citations::isReadBySomebody).sorted().toList();
            } catch (IOException e) {
                return List.of(); // a pointer less is no reason to explain nothing
            }
        }

        private static boolean isReadBySomebody(Path file) {
            String name = file.toString().replace('\\', '/');
            boolean test = name.contains("/src/test/") && name.endsWith(".java");
            boolean acted = name.contains("interop/") && name.endsWith(".py");
            return (test || acted || name.endsWith(".md") && name.contains("protocol-spec/"))
                    && !name.contains("/target/");
        }

        private void cite(Path file, Pattern id, List<String> lines) {
            try {
                List<String> text = Files.readAllLines(file);
                for (int number = 1; number <= text.size(); number++) {
                    if (id.matcher(text.get(number - 1)).find()) {
                        lines.add(root.relativize(file) + ":" + number + "  "
                                + text.get(number - 1).strip());
                    }
                }
            } catch (IOException e) {
                // Not text, or gone: nothing to point at.
            }
        }
    }
}
