package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.report.RunReport.Clause;

class SpecificationTest {
    private final Specification specification = Specification.load();

    @Test
    void aClauseIsAParagraphThatBeginsWithItsIdInBold() {
        String chapter = """
                # 9 An example

                **ABC-1** (MUST) One thing that
                goes over two lines. [err: LIMIT]

                Some words on **ABC-2** (MUST) in passing.

                **ABC-3** (MAY) Another. [err: BODY] or [err: TEXT]
                """;

        assertThat(Specification.clauses("09-example.md", chapter))
                .containsExactly(
                        new Clause(
                                "ABC-1",
                                "MUST",
                                "One thing that goes over two lines. [err: LIMIT]",
                                "9 An example",
                                "09-example.md",
                                List.of("LIMIT")),
                        new Clause(
                                "ABC-3",
                                "MAY",
                                "Another. [err: BODY] or [err: TEXT]",
                                "9 An example",
                                "09-example.md",
                                List.of("BODY", "TEXT")));
    }

    @Test
    void theChaptersOnTheClassPathAreReadInTheirOrder() {
        assertThat(specification.clauses())
                .extracting(Clause::id)
                .contains("FRM-1", "MPK-10", "CHO-6")
                .doesNotHaveDuplicates();
        assertThat(specification.clause("MPK-10").orElseThrow().text()).contains("[err: TRAILING]");
    }

    @Test
    void errorsAndCodecsComeFromTheRegistry() {
        assertThat(specification.errors()).containsKeys("LENGTH", "NOOP");
        assertThat(specification.codecs())
                .containsEntry(19, "zlib")
                .containsEntry(34, "zstd")
                .doesNotContainKey(20);
    }
}
