package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.Value;
import today.p2p.serializer.BoundedOutput;
import today.p2p.serializer.Codec;
import today.p2p.serializer.Limits;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** Codecs and negotiation as {@code test-vectors/} has them: CMP and NEG. */
class CodecVectorTest {
    private static final Suite SUITE = Suite.load();

    @TestFactory
    Stream<DynamicTest> aStreamDecompressesToWhatTheVectorsSay() {
        return tests("codec.decompress", vector -> {
            JsonNode in = vector.input();
            byte[] body = Bytes.ofHex(in.get("data").asString()).toArray();
            Limits.Builder limits = Limits.DEFAULT.toBuilder();
            if (in.has("limit")) {
                limits.maxInflated(Math.max(32, in.get("limit").asInt()));
            }
            int limit = Math.min(
                    in.path("limit").asInt(Integer.MAX_VALUE), limits.build().inflatedFrom(body.length));
            BoundedOutput out = new BoundedOutput(limit);
            Optional<ErrorCode> refused = Codecs.find(in.get("codec").asLong())
                    .map(codec -> codec.decompress(body, 0, body.length, out).map(Malformed::code))
                    .orElse(Optional.of(ErrorCode.CODEC));

            assertThat(refused.map(ErrorCode::name)).isEqualTo(vector.error());
            vector.ok()
                    .ifPresent(ok -> assertThat(out.toBytes().hex())
                            .isEqualTo(ok.get("data").asString()));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsCompressedComesBack() {
        return tests("codec.compress", vector -> {
            byte[] plain = Bytes.ofHex(vector.input().get("data").asString()).toArray();
            Optional<Codec> codec = Codecs.find(vector.input().get("codec").asLong());

            assertThat(codec.isEmpty()).isEqualTo(vector.error().isPresent());
            codec.ifPresent(
                    found -> assertThat(Streams.decompressed(found, Streams.compressed(found, plain), plain.length))
                            .isEqualTo(Bytes.of(plain)));
        });
    }

    @TestFactory
    Stream<DynamicTest> sharedCodecsAreWhatTheVectorsSay() {
        return tests("negotiate", vector -> {
            JsonNode ok = vector.ok().orElseThrow();
            List<Integer> shared = Codecs.shared(
                    listed(vector.input().get("own")), listed(vector.input().get("peer")));

            assertThat(shared).isEqualTo(listed(ok.get("shared")));
            assertThat(shared.stream().findFirst())
                    .isEqualTo(listed(List.of(ok.get("codec"))).stream().findFirst());
        });
    }

    private static List<Integer> listed(Iterable<JsonNode> items) {
        List<Value> values = new ArrayList<>();
        for (JsonNode item : items) {
            // What is no number in JSON is none in a codec list, whatever else it is.
            values.add(item.isInt() ? Value.of(item.asLong()) : Value.of(item.toString()));
        }
        return Codecs.listed(values);
    }

    private static Stream<DynamicTest> tests(String op, Consumer<Case> body) {
        List<Case> cases = SUITE.of(op);
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> body.accept(each)));
    }
}
