package today.p2p.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import today.p2p.msgpack.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FrameCommandTest {
    /** The message [2, "a", 1500000000, 2, "hi"], its frame made by hand from FRM-1 to FRM-3. */
    static final String HELLO = frame("9502a161ce59682f0002a26869");

    @Test // FRM-1 to FRM-4
    void aGoodFrameIsTakenApart() {
        Run run = Run.p2p("frame", HELLO);
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("frame 1, 49 bytes at 0")
                .contains("length    45")
                .contains("codec     raw")
                .contains(Bytes.ofHex("9502a161ce59682f0002a26869").sha256().hex() + " ok")
                .contains("type      2 whisper")
                .contains("sender    \"a\"")
                .contains("time      1500000000 2017-07-14T02:40:00Z")
                .contains("sub-flag  2 whisper")
                .contains("payload   [1] \"hi\"  text of 2 bytes")
                .contains("00002e  a2 68 69")
                .contains("payload[1]: text of 2 bytes");
    }

    @Test
    void oneByteIsNotCalledBytes() {
        Run run = Run.p2p(
                "frame",
                "0000002cc9d3b286585b553f8285ded97780f3ebd5eb8bad41668585d71b2a2921f19bac9502a161ce59682f0002a178");
        assertThat(run.out())
                .contains("payload   [1] \"x\"  text of 1 byte\n")
                .contains("payload[1]: text of 1 byte\n");
        assertThat(Run.p2p("frame", "0000002d18").out()).contains("45, but only 1 byte follows");
    }

    @Test
    void wordsWithSpacesBetweenThemAreOneFrame() {
        String spaced = HELLO.replaceAll("(.{8})", "$1 ");
        assertThat(Run.p2p(("frame " + spaced).split(" ")).status()).isZero();
        assertThat(Run.p2p("frame", "0x" + HELLO).status()).isZero();
        assertThat(Run.p2p("frame", HELLO.toUpperCase(java.util.Locale.ROOT)).status())
                .isZero();
    }

    @Test
    void inputComesFromAFileOrStandardInput(@TempDir Path folder) throws IOException {
        Path hex = Files.writeString(folder.resolve("frame.hex"), HELLO + "\n");
        Path binary = Files.write(folder.resolve("frame.bin"), HexFormat.of().parseHex(HELLO));
        String expected = Run.p2p("frame", HELLO).out();

        assertThat(Run.p2p("frame", hex.toString()).out()).isEqualTo(expected);
        assertThat(Run.p2p("frame", "--binary", binary.toString()).out()).isEqualTo(expected);
        assertThat(Run.withInput(HELLO, "frame").out()).isEqualTo(expected);
        assertThat(Run.withInput(HELLO, "frame", "-").out()).isEqualTo(expected);
        assertThat(Run.with(Files.readAllBytes(binary), false, "frame", "--binary")
                        .out())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000g            | not hex at character 4: 'g'",
                "00 00 ä         | not hex at character 7: 'ä'",
                "000             | an odd number of hex digits, 3: half a byte is missing",
                "' '             | there is no input: give hex digits, a file, or either on standard input",
            })
    void whatIsNotHexIsPointedAt(String input, String complaint) {
        Run run = Run.p2p("frame", input);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines()).containsExactly("p2p frame: " + complaint, "Try 'p2p frame --help'.");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void bytesInPlaceOfHexAreRecognised() {
        Run run = Run.with(HexFormat.of().parseHex(HELLO), false, "frame");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("say --binary");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Run run = Run.p2p("frame", "no/such.hex");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).startsWith("p2p frame: there is no file no/such.hex");
        assertThat(Run.p2p("frame", "./").err()).startsWith("p2p frame: ./ is a folder");
        assertThat(Run.p2p("frame", "--binary", "nosuch").err()).contains("there is no file nosuch");
    }

    @Test // FRM-7
    void aWrongChecksumIsShownBesideTheRightOne() {
        Run run = Run.p2p("frame", HELLO.substring(0, HELLO.length() - 2) + "6a");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("malformed CHECKSUM", "(FRM-7)", " wrong")
                .contains(Bytes.ofHex("9502a161ce59682f0002a2686a").sha256().hex() + " would be right");
    }

    @Test // MPK-8
    void theCaretStandsBelowTheByteAtWhichTheCheckFailed() {
        Run run = Run.p2p("frame", frame("9402a16100a2c328"));
        List<String> lines = run.out().lines().toList();
        int caret = lines.indexOf(lines.stream()
                .filter(line -> line.strip().equals("^^"))
                .findFirst()
                .orElseThrow());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("malformed TEXT", "(MPK-8)", "at byte 5 of the bare message:");
        assertThat(lines.get(caret - 1)).endsWith("94 02 a1 61 00 a2 c3 28");
        assertThat(lines.get(caret - 1).substring(lines.get(caret).indexOf('^')))
                .isEqualTo("a2 c3 28");
    }

    @Test // MPK-7
    void theDepthLimitNamesItsOwnClause() {
        Run run = Run.p2p("frame", frame("9402a16100" + "91".repeat(64) + "01"));
        assertThat(run.out()).contains("malformed LIMIT", "(MPK-7)", "at byte 68 of the bare message:");
    }

    @Test // FRM-8
    void anIncompleteFrameSaysHowMuchIsMissing() {
        Run run = Run.p2p("frame", HELLO + HELLO.substring(0, 20));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("frame 2, 10 bytes at 49", "malformed LENGTH", "45, but only 6 bytes follow");
    }

    @ParameterizedTest // FRM-8, FRM-6
    @ValueSource(strings = {"00", "0000", "000000", "00000000", "0000000100", "0000001f00"})
    void aHeaderThatIsCutOffOrTooSmallIsPointedAtInTheFrame(String input) {
        Run run = Run.p2p("frame", input);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("at byte 0 of the frame:").doesNotContain("inflate");
    }

    @Test // FRM-5, FRM-6
    void behindAHeaderThatCannotBeNothingIsReadAsAFrame() {
        Run tooLong = Run.p2p("frame", "--json", "01000001" + HELLO);
        Run tooShort = Run.p2p("frame", "--json", "0000001f" + HELLO);

        JsonNode frames = JsonMapper.shared().readTree(tooLong.out()).path("frames");
        assertThat(frames.size()).isEqualTo(1);
        assertThat(frames.at("/0/error/code").asString()).isEqualTo("LIMIT");
        assertThat(frames.at("/0/error/of").asString()).isEqualTo("frame");
        frames = JsonMapper.shared().readTree(tooShort.out()).path("frames");
        assertThat(frames.size()).isEqualTo(1);
        assertThat(frames.at("/0/error/code").asString()).isEqualTo("SHORT");
    }

    @Test
    void allFramesOfAStreamAreShownAlsoBehindAMalformedOne() {
        Run run = Run.p2p("frame", "--json", HELLO + frame("c0") + HELLO);
        JsonNode report = JsonMapper.shared().readTree(run.out());

        assertThat(run.status()).isEqualTo(1);
        assertThat(report.path("malformed").asInt()).isEqualTo(1);
        assertThat(report.path("frames")
                        .valueStream()
                        .map(frame -> frame.path("at").asInt()))
                .containsExactly(0, 49, 86);
        assertThat(report.at("/frames/1/error/code").asString()).isEqualTo("SHAPE");
        assertThat(report.at("/frames/1/error/clause").asString()).isEqualTo("MSG-1");
        assertThat(report.at("/frames/2/message/payload").toString()).isEqualTo("[2,\"hi\"]");
    }

    @Test // CMP-6
    void aBodyOfACodecThatWasNotAgreedOnIsPointedOut() {
        Run made = Run.p2p("frame", "--encode", longMessage("zlib"));
        String frame = made.out().strip();

        assertThat(made.status()).isZero();
        assertThat(Run.p2p("frame", frame).out()).contains("zlib (0x13)", "inflated:");
        assertThat(Run.p2p("frame", "--codecs", "gzip,0x13", frame).status()).isZero();
        Run refused = Run.p2p("frame", "--codecs", "none", frame);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("malformed CHECKSUM", "begins as one of zlib does");
    }

    @Test
    void aCodecThatNobodyKnowsIsNamedWithThoseThatAreThere() {
        Run run = Run.p2p("frame", "--codecs", "zlib,rar", HELLO);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("no codec is called 'rar'; there are").contains("zlib (0x13)");
    }

    @Test
    void whatAStrangerWroteCannotSteerTheTerminal() {
        String escape = frame("9402a1610" + "0a5" + HexFormat.of().formatHex("\u001b[2J\u0007".getBytes(UTF_8)));
        assertThat(Run.p2p("frame", escape).out())
                .doesNotContain("\u001b", "\u0007")
                .contains("\\u{1b}[2J");
    }

    @Test
    void longValuesAreCutUnlessAllIsWanted() {
        String frame = Run.p2p("frame", "--encode", longMessage(null)).out().strip();
        assertThat(Run.p2p("frame", frame).out()).contains("xxx...").doesNotContain("x".repeat(400));
        assertThat(Run.p2p("frame", "--full", frame).out()).contains("x".repeat(400));
    }

    @Test
    void aMessageInJsonBecomesAFrame() {
        Run run = Run.p2p(
                "frame", "--encode", "{\"type\":2,\"sender\":\"a\",\"time\":1500000000,\"payload\":[2,\"hi\"]}");
        assertThat(run.status()).isZero();
        assertThat(run.out().strip()).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":256,\"sender\":\"a\",\"time\":0,\"payload\":[]}  | 1 | OPCODE: type 256 is not in 0..255",
                "{\"type\":2,\"sender\":\"a\",\"time\":-1,\"payload\":[]}   | 1 | RANGE: time -1 is not in 0..2^63-1",
                "{\"type\":2,\"sender\":\"a\",\"payload\":[]}               | 2 | the message has no time",
                "{\"type\":2,\"sender\":5,\"time\":0,\"payload\":[]}        | 2 | the sender is text or",
                "{\"type\":2,\"sender\":\"a\",\"time\":0,\"payload\":1}     | 2 | the payload is a list",
                "{\"type\":2,\"sender\":\"a\",\"time\":0,\"payload\":[1.5]} | 2 | a float is written",
                "{\"typ\":2}                                                | 2 | a message has no field 'typ'",
                "[]                                                         | 2 | --encode takes a JSON object",
                "{                                                          | 2 | --encode is not JSON",
            })
    void aMessageThatCannotBeSentIsExplained(String json, int status, String complaint) {
        Run run = Run.p2p("frame", "--encode", json);
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.err()).startsWith("p2p frame: ").contains(complaint);
        assertThat(run.out()).isEmpty();
    }

    private static String longMessage(@Nullable String codec) {
        String coded = codec == null ? "" : ",\"codec\":\"" + codec + "\"";
        return "{\"type\":2,\"sender\":\"a\",\"time\":0,\"payload\":[2,\"" + "x".repeat(600) + "\"]" + coded + "}";
    }

    /** A raw frame around a bare message. */
    private static String frame(String bareHex) {
        Bytes bare = Bytes.ofHex(bareHex);
        return "%08x".formatted(32 + bare.length()) + bare.sha256().hex() + bare.hex();
    }
}
