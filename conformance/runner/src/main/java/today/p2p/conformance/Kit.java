package today.p2p.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import today.p2p.model.Judge;
import today.p2p.model.Model;
import today.p2p.report.CaseReport;
import today.p2p.report.RunReport;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/**
 * What a judgement stands on: the written protocol and the vectors.
 *
 * @param suite the vectors that are asked
 * @param questions its cases, in its order
 * @param vectors their directory; null: those that are built in
 */
record Kit(
        Specification specification,
        Suite suite,
        List<Question> questions,
        @Nullable Path vectors) {
    private static final int MUTANT_TRIES = 200;
    private static final int MUTANT_CATCHES = 3;

    static Kit load(@Nullable Path vectors) {
        Suite suite = vectors == null ? Suite.load() : Suite.load(vectors);
        return new Kit(
                Specification.load(),
                suite,
                suite.cases().stream().map(Question::of).toList(),
                vectors);
    }

    /** The vectors that the kit carries, whichever are asked. */
    Suite builtIn() {
        return vectors == null ? suite : Suite.load();
    }

    List<CaseReport.Info> infos() {
        return questions.stream().map(Question::info).toList();
    }

    List<String> ids() {
        return questions.stream().map(Question::id).toList();
    }

    Optional<Question> find(String id) {
        return questions.stream().filter(each -> each.id().equalsIgnoreCase(id)).findFirst();
    }

    /** Whether the model with this defect fails the case; if so, the defect is a mistake that the case shows. */
    static boolean catches(Question question, Model.Defect defect) {
        if (question.asked().isLive()) {
            return false;
        }
        try {
            JsonNode reply = defect.model()
                    .answer(question.asked().op(), question.asked().input())
                    .json();
            return Judge.judge(question.asked(), reply).kind() == Judge.Kind.FAIL;
        } catch (RuntimeException e) {
            return true;
        }
    }

    /**
     * Some of the questions that catch each defect: the smallest few of the clauses that it breaks, and a heavy one only
     * when no other does. All of them would take longer than the run that is reported.
     */
    List<RunReport.MutantRow> mutants() {
        Map<Boolean, List<Question>> byWeight = questions.stream()
                .filter(each -> !each.asked().isLive())
                .sorted(Comparator.comparingInt(Question::size))
                .collect(Collectors.partitioningBy(Question::isHeavy));
        List<RunReport.MutantRow> rows = new ArrayList<>();
        for (Model.Defect mutant : Model.Defect.all()) {
            List<String> caughtBy = catching(mutant, byWeight.getOrDefault(false, List.of()), MUTANT_CATCHES);
            if (caughtBy.isEmpty()) {
                caughtBy = catching(mutant, byWeight.getOrDefault(true, List.of()), 1);
            }
            rows.add(new RunReport.MutantRow(mutant.name(), mutant.description(), mutant.clauses(), caughtBy));
        }
        return rows;
    }

    private static List<String> catching(Model.Defect mutant, List<Question> questions, int enough) {
        Set<String> broken = Set.copyOf(mutant.clauses());
        return questions.stream()
                .filter(each -> each.asked().requirements().stream().anyMatch(broken::contains))
                .limit(MUTANT_TRIES)
                .filter(each -> catches(each, mutant))
                .limit(enough)
                .map(Question::id)
                .toList();
    }

    RunReport.Suite described() {
        String source = vectors == null ? "built in" : vectors.toString();
        return new RunReport.Suite(
                suite.version(), suite.protocol(), suite.cases().size(), suite.hashes(), source);
    }
}
