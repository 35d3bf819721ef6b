package today.p2p.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The worked examples of the chapters, whose bytes were made apart from the model. */
class SpecExamplesTest {

    @TestFactory
    Stream<DynamicTest> theModelAnswersEveryExampleOfTheChapters() throws IOException {
        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(example.get("id").asString(), () -> assertAnswered(example)));
    }

    @TestFactory
    Stream<DynamicTest> theModelEncodesEveryExampleThatSaysSoToTheSameBytes() throws IOException {
        return examples().stream()
                .filter(example -> example.path("also").asString("").equals("frame.encode"))
                .map(example -> DynamicTest.dynamicTest(example.get("id").asString(), () -> assertEncoded(example)));
    }

    private static List<JsonNode> examples() throws IOException {
        Path file = Path.of(System.getProperty("p2p.root"), "protocol-spec", "examples.json");
        List<JsonNode> examples = new ArrayList<>();
        JsonMapper.builder().build().readTree(Files.readString(file)).forEach(examples::add);
        assertThat(examples).hasSizeGreaterThanOrEqualTo(25);
        return examples;
    }

    private static void assertAnswered(JsonNode example) {
        Answer answer = Model.standard().answer(example.get("op").asString(), example.get("in"));

        Judge.Verdict verdict =
                Judge.judge(example.get("op").asString(), example.get("in"), said(example), answer.json());

        assertThat(verdict).isEqualTo(new Judge.Verdict(Judge.Kind.PASS, "", ""));
        if (answer instanceof Answer.Err err) {
            assertThat(err.offset()).isEqualTo(example.get("offset").asLong());
        }
    }

    private static Answer said(JsonNode example) {
        if (example.has("ok")) {
            return new Answer.Ok(example.get("ok"));
        }
        return new Answer.Err(
                example.get("err").asString(), example.get("offset").asLong(), "", "", "", "");
    }

    private static void assertEncoded(JsonNode example) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        List.of("type", "sender", "time", "payload")
                .forEach(field -> message.set(field, example.get("ok").get(field)));

        JsonNode reply = Model.standard().answer("frame.encode", message).json();

        assertThat(reply.at("/ok/frame")).isEqualTo(example.at("/in/frame"));
        assertThat(reply.at("/ok/id")).isEqualTo(example.at("/ok/id"));
    }
}
