package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.ids.ProtocolId;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decodes and encodes the worked examples of the chapters, whose bytes were made without this code. */
class SpecExamplesTest {
    /** Rules without bytes; the test of this name beside the Java testee asks them. */
    private static final Set<String> ELSEWHERE = Set.of(
            "link.conflict", "broadcast.check", "lease.check", "chord.distance", "chord.positions", "chord.owner");

    @TestFactory
    Stream<DynamicTest> everyFrameOfTheChaptersDecodesAsItsExampleSays() {
        return tests("frame.decode", SpecExamplesTest::assertDecoded);
    }

    @TestFactory
    Stream<DynamicTest> everyFrameThatSaysSoIsEncodedToTheSameBytes() {
        return examples().stream()
                .filter(example -> example.path("also").asString("").equals("frame.encode"))
                .map(example -> DynamicTest.dynamicTest(id(example), () -> assertEncoded(example)));
    }

    @TestFactory
    Stream<DynamicTest> everyStreamOfTheChaptersYieldsItsFrames() {
        return tests("stream.feed", SpecExamplesTest::assertFed);
    }

    @TestFactory
    Stream<DynamicTest> everyNumberOfTheChaptersIsWrittenInBase58() {
        return tests(
                "base58.encode",
                example -> assertThat(Base58.write(new BigInteger(in(example, "int"))))
                        .isEqualTo(ok(example, "text")));
    }

    @TestFactory
    Stream<DynamicTest> everyBase58TextOfTheChaptersIsRead() {
        return tests(
                "base58.decode",
                example -> assertThat(Base58.read(in(example, "text")).value())
                        .contains(new BigInteger(ok(example, "int"))));
    }

    @TestFactory
    Stream<DynamicTest> everyProtocolIdOfTheChaptersIsThatOfItsTexts() {
        return tests("id.protocol", example -> {
            ProtocolId made = ProtocolId.of(in(example, "subnet"), in(example, "encryption"));

            assertThat(made.text()).isEqualTo(ok(example, "id"));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyNodeIdOfTheChaptersIsThatOfItsTexts() {
        return tests("id.node", example -> {
            ProtocolId network = new ProtocolId(Bytes.ofUtf8(in(example, "protocolId")));

            NodeId made = NodeId.of(in(example, "address"), network, in(example, "salt"));

            assertThat(made.text()).isEqualTo(ok(example, "id"));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyNegotiationOfTheChaptersEndsInItsCodec() {
        return tests("negotiate", example -> {
            List<Integer> own = ints(example.at("/in/own"));

            List<Integer> shared = Codecs.shared(own, ints(example.at("/in/peer")));

            assertThat(shared).isEqualTo(ints(example.at("/ok/shared")));
            assertThat(shared).first().isEqualTo(example.at("/ok/codec").asInt());
        });
    }

    @Test
    void noExampleIsLeftOut() {
        Set<String> operations = new TreeSet<>();
        examples().forEach(example -> operations.add(example.get("op").asString()));
        operations.removeAll(ELSEWHERE);

        assertThat(operations)
                .containsExactly(
                        "base58.decode",
                        "base58.encode",
                        "frame.decode",
                        "id.node",
                        "id.protocol",
                        "negotiate",
                        "stream.feed");
    }

    private static void assertDecoded(JsonNode example) {
        FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT, codecs(example.at("/in/codecs")));

        Decoded decoded = decoder.decode(Bytes.ofHex(in(example, "frame")));

        if (example.has("err")) {
            assertThat(decoded).isInstanceOfSatisfying(Decoded.Refused.class, refused -> {
                Malformed malformed = refused.malformed();
                assertThat(malformed.code().name()).isEqualTo(example.get("err").asString());
                assertThat(malformed.offset()).isEqualTo(example.get("offset").asInt());
            });
            return;
        }
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Complete.class, complete -> {
            Frame frame = complete.frame();
            assertThat(frame.message()).isEqualTo(message(example.get("ok")));
            assertThat(frame.id().hex()).isEqualTo(ok(example, "id"));
            assertThat(frame.codec().map(Codec::code).orElse(null))
                    .isEqualTo(
                            example.at("/ok/codec").isNull()
                                    ? null
                                    : example.at("/ok/codec").asInt());
        });
    }

    private static void assertEncoded(JsonNode example) {
        PackedMessage packed = PackedMessage.of(message(example.get("ok")), Limits.DEFAULT);

        assertThat(packed.frameFor(null).hex()).isEqualTo(in(example, "frame"));
        assertThat(packed.id().hex()).isEqualTo(ok(example, "id"));
    }

    private static void assertFed(JsonNode example) {
        FrameReader reader = new FrameReader(Limits.DEFAULT, codecs(example.at("/in/codecs")));
        List<String> ids = new ArrayList<>();
        elements(example.at("/in/chunks")).forEach(chunk -> {
            reader.feed(Bytes.ofHex(chunk.asString()).asByteBuffer());
            while (reader.next() instanceof Decoded.Complete complete) {
                ids.add(complete.frame().id().hex());
            }
        });

        assertThat(ids)
                .isEqualTo(
                        elements(example.at("/ok/ids")).map(JsonNode::asString).toList());
        assertThat(reader.missing()).isEqualTo(example.at("/ok/missing").asInt());
    }

    private interface Check {
        void of(JsonNode example);
    }

    private static Stream<DynamicTest> tests(String op, Check check) {
        return examples().stream()
                .filter(example -> example.get("op").asString().equals(op))
                .map(example -> DynamicTest.dynamicTest(id(example), () -> check.of(example)));
    }

    private static List<JsonNode> examples() {
        try (InputStream file = SpecExamplesTest.class.getResourceAsStream("/protocol-spec/examples.json")) {
            assertThat(file).as("examples.json of the specification").isNotNull();
            return elements(JsonMapper.builder().build().readTree(file)).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Message message(JsonNode fields) {
        return new Message(
                fields.get("type").asInt(),
                (Value.ByteString) Notation.value(fields.get("sender")),
                fields.get("time").asLong(),
                Notation.values(fields.get("payload")));
    }

    private static List<Codec> codecs(JsonNode numbers) {
        return ints(numbers).stream()
                .map(number -> Codecs.find(number).orElseThrow())
                .toList();
    }

    private static List<Integer> ints(JsonNode numbers) {
        return elements(numbers).map(JsonNode::asInt).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.valueStream();
    }

    private static String id(JsonNode example) {
        return example.get("id").asString();
    }

    private static String in(JsonNode example, String field) {
        return example.get("in").get(field).asString();
    }

    private static String ok(JsonNode example, String field) {
        return example.get("ok").get(field).asString();
    }
}
