package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameDecoder;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** Frames, streams and messages as {@code test-vectors/} has them: FRM, STR, MSG, MPK and CMP. */
class VectorTest {
    private static final Suite SUITE = Suite.load();

    @TestFactory
    Stream<DynamicTest> aFrameDecodesToWhatTheVectorsSay() {
        return tests("frame.decode", VectorTest::decode);
    }

    @TestFactory
    Stream<DynamicTest> aMessageEncodesToWhatTheVectorsSay() {
        return tests("frame.encode", VectorTest::encode);
    }

    @TestFactory
    Stream<DynamicTest> aStreamYieldsWhatTheVectorsSay() {
        return tests("stream.feed", VectorTest::feed);
    }

    private static Stream<DynamicTest> tests(String op, Consumer<Case> body) {
        return SUITE.of(op).stream()
                .filter(VectorTest::canBeSaid)
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> body.accept(each)));
    }

    /**
     * Whether the types of Java let a caller say it: a text cannot stand where the type belongs (MPK-18), and a value
     * that is itself refused never reaches the encoder, whose order is asked for (MPK-19). The testee answers these.
     */
    private static boolean canBeSaid(Case vector) {
        if (Collections.disjoint(vector.requirements(), List.of("MPK-18", "MPK-19", "MPK-20"))) {
            return true;
        }
        JsonNode in = vector.input();
        try {
            Notation.values(in.get("payload"));
            return Notation.value(in.get("type")) instanceof Value.Int
                    && Notation.value(in.get("sender")) instanceof Value.ByteString
                    && Notation.value(in.get("time")) instanceof Value.Int;
        } catch (NotEncodableException refused) {
            return false;
        }
    }

    private static void decode(Case vector) {
        Bytes frame = Bytes.ofHex(vector.input().get("frame").asString());
        FrameDecoder decoder =
                new FrameDecoder(Limits.DEFAULT, codecs(vector.input().get("codecs")));

        Decoded decoded = decoder.decode(frame);

        Optional<JsonNode> ok = vector.ok();
        if (ok.isPresent()) {
            assertThat(decoded).isInstanceOf(Decoded.Complete.class);
            assertSame(((Decoded.Complete) decoded).frame(), ok.get());
        } else {
            assertRefused(vector, decoded);
        }
    }

    private static void assertSame(Frame frame, JsonNode expected) {
        Message message = frame.message();
        assertThat(message.type()).isEqualTo(expected.get("type").asInt());
        assertThat(message.sender()).isEqualTo(Notation.value(expected.get("sender")));
        assertThat(Value.of(message.time())).isEqualTo(Notation.value(expected.get("time")));
        assertThat(message.payload()).isEqualTo(Notation.values(expected.get("payload")));
        if (expected.has("id")) {
            assertThat(frame.id().hex()).isEqualTo(expected.get("id").asString());
        }
        if (expected.has("codec")) {
            JsonNode codec = expected.get("codec");
            Integer code = codec.isNull() ? null : codec.asInt();
            assertThat(frame.codec().map(Codec::code).orElse(null)).isEqualTo(code);
        }
    }

    private static void assertRefused(Case vector, @Nullable Object answer) {
        assertThat(answer).isInstanceOfSatisfying(Decoded.Refused.class, refused -> {
            Malformed malformed = refused.malformed();
            assertThat(malformed.code().name()).isEqualTo(vector.error().orElseThrow());
            vector.offset().ifPresent(offset -> assertThat(malformed.offset()).isEqualTo(offset));
        });
    }

    private static void encode(Case vector) {
        JsonNode in = vector.input();
        if (vector.error().isPresent()) {
            assertThat(refusal(in))
                    .map(NotEncodableException::code)
                    .hasToString("Optional[" + vector.error().get() + "]");
            return;
        }
        JsonNode ok = vector.ok().orElseThrow();
        List<Codec> codecs = codecs(in.get("codec"));
        PackedMessage packed = PackedMessage.of(message(in), Limits.DEFAULT);

        Bytes frame = packed.frameFor(codecs.isEmpty() ? null : codecs.get(0));

        if (vector.canonical()) {
            assertThat(frame.hex()).isEqualTo(ok.get("frame").asString());
            assertThat(packed.id().hex()).isEqualTo(ok.get("id").asString());
        } else {
            Decoded decoded = new FrameDecoder(Limits.DEFAULT, codecs).decode(frame);
            assertThat(decoded).isInstanceOf(Decoded.Complete.class);
            assertSame(((Decoded.Complete) decoded).frame(), ok);
        }
        vector.contains().ifPresent(part -> assertThat(packed.bare().hex()).contains(part));
    }

    private static Message message(JsonNode in) {
        Value.Int type = (Value.Int) Notation.value(in.get("type"));
        Value.Int time = (Value.Int) Notation.value(in.get("time"));
        // An integer that a long cannot hold is out of range for either field, and so is -1.
        return new Message(
                type.isAboveLong() || type.bits() != (int) type.bits() ? -1 : (int) type.bits(),
                (Value.ByteString) Notation.value(in.get("sender")),
                time.isAboveLong() ? -1 : time.bits(),
                Notation.values(in.get("payload")));
    }

    private static Optional<NotEncodableException> refusal(JsonNode in) {
        try {
            codecs(in.get("codec"));
            PackedMessage.of(message(in), Limits.DEFAULT).frameFor(null);
            return Optional.empty();
        } catch (NotEncodableException refused) {
            return Optional.of(refused);
        }
    }

    private static void feed(Case vector) {
        JsonNode in = vector.input();
        Limits limits = in.has("limit")
                ? Limits.DEFAULT.toBuilder()
                        .maxFrame(in.get("limit").asInt())
                        .maxInflated(in.get("limit").asInt())
                        .build()
                : Limits.DEFAULT;
        FrameReader reader = new FrameReader(limits, codecs(in.get("codecs")));
        List<String> ids = new ArrayList<>();
        Decoded last = new Decoded.NeedMore(0);
        for (JsonNode chunk : in.get("chunks")) {
            byte[] bytes = Bytes.ofHex(chunk.asString()).toArray();
            reader.feed(bytes, 0, bytes.length);
            last = drain(reader, ids);
        }

        Optional<JsonNode> ok = vector.ok();
        if (ok.isPresent()) {
            assertThat(last)
                    .isEqualTo(new Decoded.NeedMore(ok.get().get("missing").asInt()));
            assertThat(ids)
                    .isEqualTo(ok.get()
                            .get("ids")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
        } else {
            assertRefused(vector, last);
        }
    }

    private static Decoded drain(FrameReader reader, Collection<String> ids) {
        Decoded next = reader.next();
        while (next instanceof Decoded.Complete complete) {
            ids.add(complete.frame().id().hex());
            next = reader.next();
        }
        return next;
    }

    private static NotEncodableException noSuchCodec() {
        return new NotEncodableException(ErrorCode.CODEC, "no such codec (CMP-4)");
    }

    private static List<Codec> codecs(@Nullable JsonNode codes) {
        List<Codec> codecs = new ArrayList<>();
        if (codes != null && codes.isNumber()) {
            codecs.add(Codecs.find(codes.asLong()).orElseThrow(VectorTest::noSuchCodec));
        } else if (codes != null) {
            // Numbers that are no codec of ours are ignored (NEG-3).
            codes.forEach(code -> Codecs.find(code.asLong()).ifPresent(codecs::add));
        }
        return codecs;
    }
}
