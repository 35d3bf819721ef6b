package today.p2p.testee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import today.p2p.vectors.Case;
import today.p2p.vectors.Result;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every vector, asked in this process. The runner asks them once more, from outside, and judges more finely. */
class VectorsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Stream<Case> cases() {
        return Suite.load().cases().stream().filter(vector -> !vector.isLive());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTesteeAnswersAsTheVectorSays(Case vector) {
        JsonNode reply = asSent(Testee.answer(request(vector.op(), vector.input())));

        assumeThat(vector.result()).isNotEqualTo(Result.ACCEPTABLE);
        if (vector.error().isPresent()) {
            assertThat(reply.path("err").asString(""))
                    .as(reply.toString())
                    .isEqualTo(vector.error().get());
            vector.offset()
                    .ifPresent(
                            offset -> assertThat(reply.path("offset").asInt(-1)).isEqualTo(offset));
        } else {
            assertThat(reply.path("ok").isObject()).as(reply.toString()).isTrue();
            vector.ok().ifPresent(expected -> assertSame(vector, expected, reply.get("ok")));
        }
    }

    /** What may be coded in several ways is decoded again and compared then. */
    private static void assertSame(Case vector, JsonNode expected, JsonNode got) {
        boolean coded = List.of("frame.encode", "codec.compress").contains(vector.op()) && !vector.canonical();
        if (!coded) {
            expected.properties()
                    .forEach(field -> assertThat(got.get(field.getKey())).isEqualTo(field.getValue()));
        } else if (vector.op().equals("frame.encode")) {
            ObjectNode in = JSON.createObjectNode();
            in.set("frame", got.get("frame"));
            in.putArray("codecs").add(vector.input().path("codec"));
            JsonNode decoded = Testee.answer(request("frame.decode", in)).path("ok");
            assertThat(decoded.path("id")).isEqualTo(got.get("id"));
        }
    }

    /** A number is one kind of node when it is made and another when it is read. */
    private static JsonNode asSent(ObjectNode reply) {
        return JSON.readTree(JSON.writeValueAsBytes(reply));
    }

    private static ObjectNode request(String op, JsonNode in) {
        ObjectNode request = JSON.createObjectNode().put("id", 1).put("op", op);
        request.set("in", in);
        return request;
    }
}
