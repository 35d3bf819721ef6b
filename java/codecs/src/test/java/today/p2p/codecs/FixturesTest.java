package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.serializer.Codec;

/** Streams made by other programs, see {@code src/test/tools/fixtures.py}: CMP-1, CMP-2, CMP-16. */
class FixturesTest {
    /** One row of fixtures.csv. */
    record Fixture(String file, String codec, String plain, String result, String comment) {}

    static Stream<Fixture> sound() {
        return fixtures().filter(fixture -> fixture.result().equals("OK"));
    }

    static Stream<Fixture> refused() {
        return fixtures().filter(fixture -> !fixture.result().equals("OK"));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void aStreamOfAnotherProgramIsRead(Fixture fixture) {
        Codec codec = Streams.codec(fixture.codec());
        byte[] body = resource(fixture.file());

        assertThat(codec.begins(body, 0, body.length)).isTrue();
        assertThat(Streams.decompressed(codec, body, 1 << 20)).isEqualTo(plain(fixture.plain()));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void aStreamPassesAtTheLimitAndIsABombOnePastIt(Fixture fixture) {
        Codec codec = Streams.codec(fixture.codec());
        byte[] body = resource(fixture.file());
        int length = plain(fixture.plain()).length();

        assertThat(Streams.refusal(codec, body, length)).isEmpty();
        if (length > 0) {
            assertThat(Streams.refusal(codec, body, length - 1)).contains(ErrorCode.BOMB);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aStreamThatBreaksARuleOfItsContainerIsRefused(Fixture fixture) {
        Optional<ErrorCode> refusal =
                Streams.refusal(Streams.codec(fixture.codec()), resource(fixture.file()), 1 << 20);

        assertThat(refusal).contains(ErrorCode.valueOf(fixture.result()));
    }

    private static Bytes plain(String name) {
        StringBuilder text = new StringBuilder();
        if (name.equals("small")) {
            for (int i = 0; i < 40; i++) {
                text.append("line ").append(i).append(" of a small text\n");
            }
        }
        if (name.equals("large")) {
            for (int i = 0; i < 10_000; i++) {
                text.append("line ").append(i % 70).append(" of many lines\n");
            }
        }
        return Bytes.ofUtf8(text.toString());
    }

    private static Stream<Fixture> fixtures() {
        return new String(resource("fixtures.csv"), StandardCharsets.US_ASCII)
                .lines()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new Fixture(cells[0], cells[1], cells[2], cells[3], cells[4]));
    }

    private static byte[] resource(String name) {
        try (InputStream in = FixturesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
