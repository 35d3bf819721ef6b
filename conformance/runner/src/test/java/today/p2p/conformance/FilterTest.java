package today.p2p.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.report.CaseReport;

class FilterTest {
    private static final CaseReport.Info TRAILING = new CaseReport.Info(
            "FRM-NEG-013",
            List.of("MPK-10", "FRM-13"),
            "MUST",
            new CaseReport.Call("frame.decode", "{}"),
            new CaseReport.Expected("invalid", "{}"),
            new CaseReport.Note("a byte after the array", List.of("Lenient"), "1.0", "frame-negative.json"));

    private static final List<CaseReport.Info> SUITE = List.of(
            TRAILING,
            new CaseReport.Info(
                    "STR-1",
                    List.of("STR-2"),
                    "MUST",
                    new CaseReport.Call("stream.feed", "{}"),
                    new CaseReport.Expected("valid", "{}"),
                    new CaseReport.Note("", List.of("DOS", "Exhaustion"), "1.0", "stream.json")));

    private static boolean chosen(String filter) {
        return Filter.parse(filter, SUITE).test(TRAILING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "result:xx; no result is 'xx'; there are valid, invalid, acceptable",
                "flag:Foo; no flag is 'Foo'; there are DOS, Exhaustion, Lenient",
                "level:hard; no level is 'hard'; there are MUST, SHOULD, MAY",
                "op:frames; no op is 'frames'; there are frame.decode, stream.feed",
                "area:OPC; no area is 'OPC'; there are FRM, STR"
            })
    void aValueThatNoCaseCanHaveIsAMistakeAndTheKnownOnesAreNamed(String filter, String no, String known) {
        assertThatThrownBy(() -> Filter.parse(filter, SUITE)).hasMessageStartingWith(no + ";" + " " + known.strip());
    }

    @Test
    void whoFiltersIdsByAClauseIsToldTheOtherKey() {
        assertThat(Filter.suggestion("MPK-*", SUITE)).isEqualTo("; try req:MPK-* for the cases that test such clauses");
        assertThat(Filter.suggestion("XXX-*", SUITE)).isEqualTo("; the areas of the case ids are FRM STR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FRM-NEG-013",
                "frm-*",
                "FRM-NEG-01?",
                "*-013",
                "id:FRM-*",
                "area:frm",
                "op:frame.*",
                "req:FRM-13",
                "level:must",
                "flag:Lenient",
                "result:invalid",
                "file:frame-negative",
                "file:frame-negative.json",
                "FRM-* & !flag:Exhaustion & level:MUST",
                "CMP-* | FRM-*",
                "!(CMP-* | op:stream.feed)",
                "CMP-* & level:MUST | FRM-*",
                "!!FRM-*"
            })
    void theseChooseTheCase(String filter) {
        assertThat(chosen(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FRM-NEG-01",
                "NEG",
                "flag:DOS",
                "!FRM-*",
                "FRM-* & flag:DOS",
                "CMP-* & (level:MUST | FRM-*)",
                "FRM.NEG.013"
            })
    void theseDoNot(String filter) {
        assertThat(chosen(filter)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "FRM-* & & x; 8; expected a condition",
                "FRM-*  CMP-*; 7; between two conditions",
                "(FRM-*; 0; not closed",
                "FRM-*); 5; closes nothing",
                "colour:red; 0; no key 'colour'",
                "a & colour:red; 4; no key 'colour'",
                "op:; 3; expected a pattern",
                "!; 1; expected a condition"
            })
    void aMistakeIsShownAtItsPlace(String filter, int at, String mistake) {
        assertThatThrownBy(() -> Filter.parse(filter, SUITE))
                .isInstanceOf(Filter.BadFilter.class)
                .hasMessageContaining(mistake)
                .hasMessageEndingWith("\n  " + filter + "\n  " + " ".repeat(at) + "^");
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThat(chosen("(".repeat(50) + "FRM-*" + ")".repeat(50))).isTrue();
        assertThatThrownBy(() -> Filter.parse("(".repeat(51) + "FRM-*" + ")".repeat(51), SUITE))
                .hasMessageContaining("more than 50");
        assertThat(chosen("!".repeat(994) + "FRM-*".repeat(1))).isTrue();
        assertThatThrownBy(() -> Filter.parse("a".repeat(1001), SUITE)).hasMessageContaining("longer than 1000");
    }
}
