package today.p2p.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What no schema can say about the cases. */
class CasesTest {
    /** The codes that an operation without a network can give; the others need a link, a table or a clock. */
    private static final Set<String> CODES = Set.of(
            "LENGTH",
            "SHORT",
            "LIMIT",
            "CODEC",
            "BOMB",
            "CHECKSUM",
            "BODY",
            "TEXT",
            "TRAILING",
            "SHAPE",
            "OPCODE",
            "RANGE",
            "BASE58",
            "SUBNET",
            "ORDER");

    private final Suite suite = Suite.load();

    @Test
    void idsAreUnique() {
        Set<String> ids = new HashSet<>();
        assertThat(suite.cases())
                .allSatisfy(each -> assertThat(ids.add(each.id())).isTrue());
    }

    @Test
    void everyRequirementIsAClauseOfTheSpecification() {
        Set<String> clauses = Repository.clauses();

        assertThat(clauses).hasSizeGreaterThan(80);
        assertThat(suite.cases()).allSatisfy(each -> assertThat(clauses).containsAll(each.requirements()));
    }

    @Test
    void everyFlagIsExplained() {
        assertThat(suite.cases())
                .allSatisfy(each -> assertThat(suite.flags().keySet()).containsAll(each.flags()));
    }

    @Test
    void theExpectationFitsTheResult() {
        assertThat(suite.cases()).allSatisfy(each -> {
            assertThat(each.ok().isPresent()).isEqualTo(each.result() == Result.VALID);
            assertThat(each.error().isPresent()).isEqualTo(each.result() == Result.INVALID);
        });
    }

    @Test
    void everyErrorIsInTheRegistryAndEachThatCanBeGivenIsGiven() {
        Set<String> given =
                suite.cases().stream().flatMap(each -> each.error().stream()).collect(Collectors.toSet());

        assertThat(Repository.registry("errors.csv")).containsAll(given);
        assertThat(given).isEqualTo(CODES);
    }

    @Test
    void noAnswerIsLeftInAShortForm() {
        assertThat(suite.cases()).allSatisfy(each -> {
            assertThat(each.input().toString()).doesNotContain("\"$cat\"");
            assertThat(each.expect().toString()).doesNotContain("\"$cat\"").doesNotContain("\"$rep");
        });
    }

    @Test
    void onlyTheShouldOfTheShortestFormIsComparedByteForByte() {
        assertThat(suite.cases()).filteredOn(Case::canonical).isNotEmpty().allSatisfy(each -> {
            assertThat(each.op()).isEqualTo("frame.encode");
            assertThat(each.level()).isEqualTo(Level.SHOULD);
        });
    }

    @Test
    void aCaseThatIsNoMustSaysSoBecauseOfAShould() {
        assertThat(suite.cases()).filteredOn(each -> each.level() == Level.MAY).isEmpty();
    }
}
