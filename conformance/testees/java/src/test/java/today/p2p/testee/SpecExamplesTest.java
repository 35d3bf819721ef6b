package today.p2p.testee;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worked examples of the chapters, rules included: the modules behind the testee say what the text says. */
class SpecExamplesTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Stream<JsonNode> examples() throws IOException {
        Path file = Path.of(System.getProperty("p2p.root"), "protocol-spec", "examples.json");
        return JSON.readTree(Files.readString(file)).valueStream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theTesteeAnswersAsTheExampleSays(JsonNode example) {
        JsonNode reply = JSON.readTree(JSON.writeValueAsBytes(Testee.answer(example)));

        if (example.has("err")) {
            assertThat(reply.get("err")).as(reply.toString()).isEqualTo(example.get("err"));
            assertThat(reply.get("offset")).isEqualTo(example.get("offset"));
        } else {
            assertThat(reply.has("ok")).as(reply.toString()).isTrue();
            for (Map.Entry<String, JsonNode> field : example.get("ok").properties()) {
                assertThat(reply.get("ok").get(field.getKey()))
                        .as(field.getKey())
                        .isEqualTo(written(field.getValue()));
            }
        }
    }

    /** A text of n repetitions is short in the example and written out in the answer. */
    private static JsonNode written(JsonNode node) {
        if (node.has("$reps")) {
            JsonNode reps = node.get("$reps");
            return JSON.valueToTree(reps.get(0).asString().repeat(reps.get(1).asInt()));
        }
        if (node.isArray()) {
            return JSON.valueToTree(
                    node.valueStream().map(SpecExamplesTest::written).toList());
        }
        return node;
    }
}
