package today.p2p.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;

class Base58Test {
    private static final BigInteger TOO_LARGE = BigInteger.TWO.pow(512);

    @Test
    void theLongestTextIsThatOfTheRegistry() throws IOException { // B58-6, ERR-1
        try (InputStream limits = Base58Test.class.getResourceAsStream("/protocol-spec/registry/limits.csv")) {
            assertThat(limits).isNotNull();
            assertThat(new String(limits.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\nmax-base58," + Base58.MAX_LENGTH + ",bytes,no,");
        }
    }

    // B58-1, B58-2; the longer ones were computed with Python's integers.
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 2",
        "57, z",
        "58, 21",
        "1500000000, 3HYtjy",
        "430804206899405823, zzzzzzzzzz",
        "430804206899405824, 21111111111",
        "9223372036854775807, NQm6nKp8qFC",
        "9223372036854775808, NQm6nKp8qFD",
        "18446744073709551615, jpXCZedGfVQ",
        "18446744073709551616, jpXCZedGfVR",
    })
    void aNumberHasOneText(BigInteger number, String text) {
        assertThat(Base58.write(number)).isEqualTo(text);
        assertThat(Base58.read(text).value()).contains(number);
    }

    @Test
    void theLargestNumberIsWrittenInEightyEightDigitsAndReadBack() {
        BigInteger largest = TOO_LARGE.subtract(BigInteger.ONE);

        assertThat(Base58.write(largest)).hasSize(88);
        assertThat(Base58.read(Base58.write(largest)).value()).contains(largest);
    }

    @Test
    void aNumberOutsideTheRangeIsNotWritten() {
        // B58-6
        for (BigInteger number : new BigInteger[] {TOO_LARGE, BigInteger.ONE.negate()}) {
            assertThatThrownBy(() -> Base58.write(number))
                    .isInstanceOfSatisfying(
                            NotEncodableException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.RANGE));
        }
    }

    @Test
    void aNumberOfTwoToThe512IsNotRead() {
        // B58-6: one more than the largest, by its last digit.
        String largest = Base58.write(TOO_LARGE.subtract(BigInteger.ONE));
        String oneMore = largest.substring(0, 87) + next(largest.charAt(87));

        assertRefused(oneMore, ErrorCode.RANGE, 0);
    }

    @Test
    void leadingZeroBytesLeaveNoTrace() {
        // B58-3
        assertThat(Base58.write(Bytes.ofHex("000001"))).isEqualTo("2");
        assertThat(Base58.write(Bytes.ofHex("ff"))).isEqualTo("5Q");
    }

    @Test
    void leadingOnesAreIgnored() {
        // B58-4
        assertThat(Base58.read("1113HYtjy").value()).contains(BigInteger.valueOf(1_500_000_000));
        assertThat(Base58.read("1".repeat(128)).value()).contains(BigInteger.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "0, 0",
        "O, 0",
        "I, 0",
        "l, 0",
        "abc0, 3",
        "'2 ', 1",
        "' 2', 0",
        "2\u00e9, 1",
        "\ud83d\ude00, 0"
    })
    void aForeignCharacterIsRefusedWhereItStands(String text, int offset) {
        // B58-5
        assertRefused(text, ErrorCode.BASE58, offset);
    }

    @Test
    void textIsReadUpToItsLimit() {
        // B58-6: the length is checked before the characters.
        assertThat(Base58.read("1".repeat(127) + "2").value()).contains(BigInteger.ONE);
        assertRefused("1".repeat(129), ErrorCode.LIMIT, 128);
        assertRefused("0".repeat(129), ErrorCode.LIMIT, 128);
        assertRefused("0".repeat(128), ErrorCode.BASE58, 0);
        assertRefused("z".repeat(127) + "\u00e4", ErrorCode.LIMIT, 128);
        assertRefused("z".repeat(126) + "\u00e4", ErrorCode.BASE58, 126);
    }

    @Test
    void numbersOfAllSizesComeBack() {
        Random random = new Random(58);
        for (int round = 0; round < 5000; round++) {
            BigInteger number = new BigInteger(random.nextInt(513), random);
            assertThat(Base58.read(Base58.write(number)).value()).contains(number);
            assertThat(Base58.write(number)).isEqualTo(digitByDigit(number));
        }
    }

    @Test
    void wordsAreTheSameNumber() {
        // B58-1, B58-6
        Random random = new Random(59);
        for (int round = 0; round < 5000; round++) {
            BigInteger number = new BigInteger(random.nextInt(513), random);
            long[] words = new long[8];
            for (int at = 0; at < words.length; at++) {
                words[at] = number.shiftRight(64 * (7 - at)).longValue();
            }
            Bytes text = Bytes.ofUtf8(digitByDigit(number));
            assertThat(Base58.write(words)).isEqualTo(text);
            assertThat(Base58.readWords(text).orElseThrow()).isEqualTo(words);
        }
        for (String none :
                new String[] {"", "0", "1".repeat(129), Base58.write(TOO_LARGE.subtract(BigInteger.ONE)) + "1"}) {
            assertThat(Base58.readWords(Bytes.ofUtf8(none))).isEmpty();
        }
    }

    /** The definition, as slow as it is plain. */
    private static String digitByDigit(BigInteger number) {
        String digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        String text = "";
        BigInteger rest = number;
        do {
            text = digits.charAt(rest.mod(BigInteger.valueOf(58)).intValue()) + text;
            rest = rest.divide(BigInteger.valueOf(58));
        } while (rest.signum() > 0);
        return text;
    }

    private static char next(char digit) {
        String digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        return digits.charAt(digits.indexOf(digit) + 1);
    }

    private static void assertRefused(String text, ErrorCode code, int offset) {
        Malformed refused = Base58.read(text).malformed().orElseThrow();
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.offset()).isEqualTo(offset);
    }
}
