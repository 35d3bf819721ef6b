package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import today.p2p.model.links.Slip;
import today.p2p.model.rings.RingDefect;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;

/** A case counts only when a defect makes it fail. The table of who caught whom is kept as target/mutants.txt. */
class MutantsTest {

    private static final Suite SUITE = Suite.load();
    /** They only give another error code for what is refused anyway, which a case notes as imprecise. */
    private static final Set<String> WRONG_CODE = Set.of(
            Mutant.TIME_CHECKED_FIRST.name(),
            Mutant.PAYLOAD_CHECKED_FIRST.name(),
            Mutant.ANNOUNCEMENT_BELIEVED.name(),
            Mutant.BASE58_BY_CHARACTERS.name(),
            Slip.CODECS_CHECKED_FIRST.name());

    /** Which positions come first is free, so no one answer is right. */
    private static final Set<String> LEFT_TO_LIVE_CASES = Set.of(RingDefect.PY2P_ASKED_FOR_ALL.name());

    private static final Map<String, List<String>> CAUGHT_BY = new ConcurrentSkipListMap<>();

    @TestFactory
    Stream<DynamicTest> everyDefectIsCaughtByACaseOfAClauseThatItBreaks() {
        return Model.Defect.all().stream()
                .filter(defect -> !LEFT_TO_LIVE_CASES.contains(defect.name()))
                .map(defect -> DynamicTest.dynamicTest(
                        defect.name(),
                        () -> assertThat(catchers(defect))
                                .as("cases of %s that fail when %s", defect.clauses(), defect.description())
                                .isNotEmpty()));
    }

    @Test
    void thereAreAtLeast25Defects() {
        assertThat(Model.Defect.all()).hasSizeGreaterThanOrEqualTo(25);
    }

    @AfterAll
    static void keepTheTable() throws IOException {
        List<String> lines = new ArrayList<>();
        CAUGHT_BY.forEach((defect, cases) -> lines.add(defect + " " + String.join(" ", cases)));
        Path target = Files.createDirectories(Path.of(System.getProperty("basedir", "."), "target"));
        Files.write(target.resolve("mutants.txt"), lines);
    }

    // The cases of 16 MiB come last, and only when no smaller one has caught the defect: they take seconds.
    private static List<String> catchers(Model.Defect defect) {
        Judge.Kind wanted = WRONG_CODE.contains(defect.name()) ? Judge.Kind.IMPRECISE : Judge.Kind.FAIL;
        List<String> caught = new ArrayList<>();
        for (boolean large : new boolean[] {false, true}) {
            if (caught.isEmpty()) {
                SUITE.cases().stream()
                        .filter(vector -> !vector.isLive())
                        .filter(vector -> vector.flags().contains("Large") == large)
                        .filter(vector -> !Collections.disjoint(vector.requirements(), defect.clauses()))
                        .filter(vector -> judge(defect.model(), vector) == wanted)
                        .forEach(vector -> caught.add(vector.id()));
            }
        }
        CAUGHT_BY.put(String.format("%-32s %-16s", defect.name(), String.join(" ", defect.clauses())), caught);
        return caught;
    }

    private static Judge.Kind judge(Model model, Case vector) {
        Answer answer = model.answer(vector.op(), vector.input());
        return Judge.judge(vector, answer.json()).kind();
    }
}
