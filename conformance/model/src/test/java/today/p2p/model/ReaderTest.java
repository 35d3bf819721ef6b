package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.model.Failure.ErrorCode;
import today.p2p.model.Mutant.Defects;

class ReaderTest {

    @Test // MPK-2
    void everyFormOfOneIntegerIsOneValue() {
        for (String form : List.of("05", "cc05", "cd0005", "ce00000005", "cf0000000000000005", "d005", "d10005")) {
            assertThat(read(form)).as(form).isEqualTo(Value.Int.of(5));
        }
    }

    @Test // MPK-3
    void minusZeroIsNotZeroAndNoFloatIsAnInteger() {
        assertThat(read("ca80000000")).isEqualTo(Value.Float64.of(-0.0)).isNotEqualTo(Value.Float64.of(0.0));
        assertThat(read("ca3f800000")).isEqualTo(Value.Float64.of(1)).isNotEqualTo(Value.Int.of(1));
    }

    @Test // MPK-9
    void keysAreComparedByValueWhateverTheirForm() {
        Failure repeated = refused("8205c0cc05c0");

        assertThat(repeated.code).isEqualTo(ErrorCode.BODY);
        assertThat(repeated.offset).isEqualTo(3);
        assertThat(read("8205c0a135c0")).isInstanceOf(Value.Dictionary.class);
    }

    @Test // MPK-9
    void twoMapsWithTheSameEntriesAreOneKeyInAnyOrder() {
        Failure repeated = refused("82" + "8201c002c0" + "c0" + "8202c001c0" + "c0");

        assertThat(repeated.clause).isEqualTo("MPK-9");
        assertThat(repeated.offset).isEqualTo(7);
    }

    @Test // MPK-7, ERR-3
    void sixteenMebibytesOfOpenArraysAreRefusedAtLevel65() {
        byte[] open = new byte[16_000_000];
        Arrays.fill(open, (byte) 0x91);

        Failure refused = catchThrowableOfType(Failure.class, () -> new Reader(open, Defects.NONE, null).read());

        assertThat(refused.code).isEqualTo(ErrorCode.LIMIT);
        assertThat(refused.offset).isEqualTo(64);
    }

    @Test // MPK-6 comes before MPK-7 on one item
    void aCountThatCannotBeTrueIsRefusedBeforeItsDepth() {
        assertThat(refused("91".repeat(64) + "dd7fffffff").code).isEqualTo(ErrorCode.BODY);
        assertThat(refused("91".repeat(64) + "91c0").code).isEqualTo(ErrorCode.LIMIT);
    }

    @Test // MSG-3, MSG-6
    void theShapeIsRefusedWhereTheItemBegins() {
        assertThat(refusedMessage("94c0a16100c0").offset).isEqualTo(1);
        assertThat(refusedMessage("9402a161ffc0").offset).isEqualTo(4);
        assertThat(refusedMessage("9402a161ffc0").path).isEqualTo("$.time");
    }

    @Test
    void aPathNamesTheItem() {
        assertThat(refusedMessage("950200000281a16b92c0c1").path).isEqualTo("$.payload[1][\"k\"][1]");
    }

    private static Value read(String hex) {
        return new Reader(Bytes.ofHex(hex).array, Defects.NONE, null).read();
    }

    private static Failure refused(String hex) {
        return catchThrowableOfType(Failure.class, () -> read(hex));
    }

    private static Failure refusedMessage(String hex) {
        return catchThrowableOfType(Failure.class, () -> Message.read(Bytes.ofHex(hex).array, Defects.NONE, null));
    }
}
