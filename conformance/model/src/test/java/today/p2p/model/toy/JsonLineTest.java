package today.p2p.model.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.vectors.Suite;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonLineTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void whatCasesAskAndExpectIsReadAndWrittenAsByAMapper() {
        Suite.load().cases().stream()
                .filter(each -> !each.flags().contains("Large"))
                .flatMap(each -> Stream.of(each.input(), each.expect()))
                .forEach(tree -> {
                    String line = MAPPER.writeValueAsString(tree);
                    assertThat(JsonLine.read(line)).isEqualTo(MAPPER.readTree(line));
                    assertThat(JsonLine.write(tree)).isEqualTo(line);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2147483647,2147483648,-9223372036854775808,9223372036854775808]",
                "[0.5,-0.0,1e300,true,false,null,{},[]]",
                "{\"a\":{\"a\":\"\\u0000\\\"\\\\\\ud83d\\ude00/\"},\"\":[[]]}",
                "7"
            })
    void everyKindOfValueIsReadAndWrittenAsByAMapper(String line) {
        assertThat(JsonLine.read(line)).isEqualTo(MAPPER.readTree(line));
        assertThat(JsonLine.write(MAPPER.readTree(line))).isEqualTo(MAPPER.writeValueAsString(MAPPER.readTree(line)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1", "[1,", "]", "[1}", "{\"a\" 1}", "nul"})
    void whatIsNoJsonIsRefused(String line) {
        assertThatThrownBy(() -> JsonLine.read(line)).isInstanceOf(JacksonException.class);
    }

    @Test
    void anEmptyLineHasNoValue() {
        assertThat(JsonLine.read(" ").isMissingNode()).isTrue();
    }

    @Test
    void nestingIsBounded() {
        assertThatThrownBy(() -> JsonLine.read("[".repeat(100_000))).isInstanceOf(JacksonException.class);
    }
}
