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

    private static boolean chosen(String filter) {
        return Filter.parse(filter).test(TRAILING);
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
        assertThatThrownBy(() -> Filter.parse(filter))
                .isInstanceOf(Filter.BadFilter.class)
                .hasMessageContaining(mistake)
                .hasMessageEndingWith("\n  " + filter + "\n  " + " ".repeat(at) + "^");
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThat(chosen("(".repeat(50) + "FRM-*" + ")".repeat(50))).isTrue();
        assertThatThrownBy(() -> Filter.parse("(".repeat(51) + "FRM-*" + ")".repeat(51)))
                .hasMessageContaining("more than 50");
        assertThat(chosen("!".repeat(994) + "FRM-*".repeat(1))).isTrue();
        assertThatThrownBy(() -> Filter.parse("a".repeat(1001))).hasMessageContaining("longer than 1000");
    }
}
