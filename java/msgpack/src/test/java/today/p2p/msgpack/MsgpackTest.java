package today.p2p.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Check, reader and writer alone: the profile of chapter 3, item by item. */
class MsgpackTest {
    private static final int SEED = 32;

    private final MessageDigest digest = sha256();
    private final MsgpackWriter writer = new MsgpackWriter(digest);
    private final MsgpackCheck check = new MsgpackCheck();
    private final MsgpackReader reader = new MsgpackReader();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What the check says of an item: the code and the offset, or "sound". */
    private String checked(String hex) {
        byte[] bytes = new byte[SEED + hex.length() / 2];
        Bytes.ofHex(hex).copyTo(bytes, SEED);
        Optional<Malformed> found = check.check(bytes, SEED, bytes.length, 0);
        return found.map(problem -> problem.code() + " " + problem.offset()).orElse("sound");
    }

    private MsgpackReader reading(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        reader.reset(bytes, 0, bytes.length);
        return reader;
    }

    private String written(Value... values) {
        writer.begin(0, values.length);
        Arrays.stream(values).forEach(writer::writeValue);
        int end = writer.end();
        return Bytes.copyOf(writer.array(), 0, end).hex();
    }

    @ParameterizedTest
    @CsvSource({
        "00, sound", // MPK-1
        "cc00, sound", // MPK-2: a longer form than needed
        "cf0000000000000001, sound",
        "cb3ff8000000000000, sound", // MPK-3
        "c1, BODY 0", // MPK-5
        "9201c1, BODY 2",
        "a26869, sound",
        "d90268, BODY 0", // MPK-6: cut off
        "dd00ffffff, BODY 0",
        "dc0003c0c0, BODY 0", // more items than bytes: seen at the header
        "a2c328, TEXT 0", // MPK-8
        "a3eda080, TEXT 0",
        "c402c328, sound", // binary may hold anything
        "82a161c0a161c0, BODY 4", // MPK-9: one key twice
        "8201c0cc01c0, BODY 3", // the same number in another form
        "820ac0ca41200000c0, sound", // an integer is no float
        "c0c0, TRAILING 1", // MPK-10
        "d4017f, sound" // MPK-11
    })
    void theCheckNamesTheFirstFaultAndItsPlace(String hex, String expected) {
        assertThat(checked(hex)).isEqualTo(expected);
    }

    @Test
    void nestingOfExactlyMaxDepthIsSoundAndOneMoreIsNot() { // MPK-7
        assertThat(checked("91".repeat(MsgpackCheck.MAX_DEPTH - 1) + "90")).isEqualTo("sound");
        assertThat(checked("91".repeat(MsgpackCheck.MAX_DEPTH) + "90")).startsWith("LIMIT");
    }

    @Test
    void exactlyMaxItemsAreSoundAndOneMoreIsNot() { // MPK-16
        String most = "dd" + String.format("%08x", MsgpackCheck.MAX_ITEMS) + "c0".repeat(MsgpackCheck.MAX_ITEMS);
        String more =
                "dd" + String.format("%08x", MsgpackCheck.MAX_ITEMS + 1) + "c0".repeat(MsgpackCheck.MAX_ITEMS + 1);

        assertThat(checked(most)).isEqualTo("sound");
        assertThat(checked(more)).startsWith("LIMIT");
    }

    @ParameterizedTest
    @CsvSource({
        "7f, 127",
        "ff, -1",
        "e0, -32",
        "ccff, 255",
        "cdffff, 65535",
        "ceffffffff, 4294967295",
        "d080, -128",
        "d18000, -32768",
        "d280000000, -2147483648",
        "d38000000000000000, -9223372036854775808",
        "cf7fffffffffffffff, 9223372036854775807"
    })
    void everyFormOfAnIntegerIsRead(String hex, long expected) { // MPK-2, MPK-4
        assertThat(reading(hex).readLong()).isEqualTo(expected);
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void anIntegerAbove63BitsIsReadAsBitsAndNeverAsNegative() { // MPK-4
        assertThatThrownBy(() -> reading("cfffffffffffffffff").readLong()).isInstanceOf(ArithmeticException.class);
        assertThat(reading("cfffffffffffffffff").readLongBits()).isEqualTo(-1L);
        assertThat(reading("cfffffffffffffffff").readValue().toString()).isEqualTo("18446744073709551615");
    }

    @Test
    void aFloat32IsWidenedAndASignallingNanBecomesQuiet() { // MPK-3, MPK-17
        assertThat(reading("ca3fc00000").readDouble()).isEqualTo(1.5);
        assertThat(Double.doubleToRawLongBits(reading("ca7fa00000").readDouble()))
                .isEqualTo(0x7ffc000000000000L);
    }

    @Test
    void skippingAnItemSkipsAllThatItHolds() {
        MsgpackReader skipping = reading("9382a161c0a16293c0c0c0c402ffffc007");

        skipping.skip();

        assertThat(skipping.position()).isEqualTo(16);
        assertThat(skipping.readLong()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0", "c2", "07", "a161", "c40161", "91c0", "81c0c0", "d40161", "ca00000000"})
    void anItemOfAnotherKindIsRefusedAndStaysWhereItIs(String hex) {
        MsgpackReader mistaken = reading(hex);
        Value.Kind kind = mistaken.kind();
        if (kind != Value.Kind.INT) {
            assertThatThrownBy(mistaken::readLong).isInstanceOf(IllegalStateException.class);
        }
        if (kind != Value.Kind.MAP) {
            assertThatThrownBy(mistaken::readMap).isInstanceOf(IllegalStateException.class);
        }
        assertThat(mistaken.position()).isZero();
        assertThat(mistaken.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "255, ccff",
        "256, cd0100",
        "65536, ce00010000",
        "4294967296, cf0000000100000000",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-129, d1ff7f",
        "-32769, d2ffff7fff",
        "-2147483649, d3ffffffff7fffffff"
    })
    void anIntegerIsWrittenInItsShortestForm(long number, String hex) { // MPK-12
        assertThat(written(Value.of(number))).isEqualTo("91" + hex);
    }

    @Test
    void aFloatIsWrittenIn64BitsAndAMapInItsOwnOrder() { // MPK-13, MPK-14
        Value map =
                Value.map(new Value.Entry(Value.of("b"), Value.of(1.5)), new Value.Entry(Value.of("a"), Value.nil()));

        assertThat(written(map)).isEqualTo("9182a162cb3ff8000000000000a161c0");
    }

    @Test
    void theDigestSeesExactlyWhatIsWritten() { // FRM-3
        byte[] large = new byte[10_000];
        Arrays.fill(large, (byte) 7);
        String hex = written(Value.of(Bytes.of(large)), Value.of("end"));

        assertThat(Bytes.of(digest.digest())).isEqualTo(Bytes.ofHex(hex).sha256());
    }

    @Test
    void aKeyThatIsThereTwiceIsNotWritten() { // MPK-15, MPK-9
        writer.begin(SEED, 1);
        writer.beginMap(2);
        List.of(1L, 2L, 1L, 3L).forEach(writer::writeLong);
        writer.end();

        assertThatThrownBy(() -> writer.checkKeys(0))
                .isInstanceOfSatisfying(
                        NotEncodableException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BODY));
    }

    @Test
    void anArrayMustHoldAsManyItemsAsItWasBegunWith() {
        writer.begin(0, 2);
        writer.writeNil();

        assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLoneSurrogateIsNotWritten() { // MPK-15, MPK-8
        writer.begin(0, 1);

        assertThatThrownBy(() -> writer.writeText("a\ud800"))
                .isInstanceOfSatisfying(
                        NotEncodableException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TEXT));
    }
}
