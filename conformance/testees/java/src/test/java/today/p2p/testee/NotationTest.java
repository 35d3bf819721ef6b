package today.p2p.testee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import tools.jackson.databind.json.JsonMapper;

/** Section 2 of the testee protocol. */
class NotationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "\"text\"",
                "\"\\u00e4 \\ud83d\\ude00\"",
                "9007199254740991",
                "-9007199254740991",
                "{\"$int\":\"9007199254740992\"}",
                "{\"$int\":\"-9007199254740992\"}",
                "{\"$int\":\"18446744073709551615\"}",
                "{\"$int\":\"-9223372036854775808\"}",
                "{\"$f64\":\"3ff8000000000000\"}",
                "{\"$f64\":\"8000000000000000\"}",
                "{\"$f64\":\"7ff0000000000001\"}",
                "{\"$bin\":\"00ff\"}",
                "[]",
                "[1,[2,null]]",
                "{}",
                "{\"a\":1,\"b\":{}}",
                "{\"$map\":[[1,\"a\"],[[],{\"$bin\":\"\"}]]}",
                "{\"$map\":[[\"$a\",1]]}",
                "{\"$ext\":[-128,\"00\"]}"
            })
    void whatIsReadIsWrittenTheSame(String json) {
        assertThat(Notation.write(read(json)).toString())
                .isEqualTo(json.replace("\\u00e4", "\u00e4").replace("\\ud83d\\ude00", "\ud83d\ude00"));
    }

    @Test
    void aRepeatedUnitIsWrittenOut() {
        assertThat(read("{\"$rep\":[\"00ff\",3]}")).isEqualTo(Value.of(Bytes.ofHex("00ff00ff00ff")));
        assertThat(read("{\"$reps\":[\"ab\",2]}")).isEqualTo(Value.of("abab"));
    }

    @Test // MPK-15
    void aLoneSurrogateIsTextThatNoEncoderAccepts() {
        assertThatThrownBy(() -> read("\"\\ud800\""))
                .isInstanceOfSatisfying(
                        NotEncodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TEXT));
    }

    @Test // MPK-15
    void anIntegerBeyond64BitsIsOutOfRange() {
        assertThatThrownBy(() -> read("{\"$int\":\"18446744073709551616\"}"))
                .isInstanceOfSatisfying(
                        NotEncodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RANGE));
    }

    @Test
    void nestingThatNoMessageCanHaveIsRefusedWithoutUsingUpTheStack() {
        String deep = "[".repeat(900) + "]".repeat(900);
        assertThatThrownBy(() -> Notation.read(TesteeMain.JSON.readTree(deep)))
                .isInstanceOfSatisfying(
                        NotEncodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "{\"$f\":\"00\"}", "{\"$bin\":\"0\"}", "{\"$bin\":\"zz\"}", "{\"$f64\":\"xy\"}"})
    void whatIsNotOfTheNotationIsTheCallersMistake(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json));
    }

    private static Value read(String json) {
        return Notation.read(JsonMapper.shared().readTree(json));
    }
}
