package today.p2p.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SchemaTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema VECTORS = SCHEMAS.getSchema(Suite.json("schema/vectors.schema.json"));
    private static final Schema MANIFEST = SCHEMAS.getSchema(Suite.json("schema/manifest.schema.json"));

    static Stream<String> files() {
        return Suite.json("manifest.json")
                .get("files")
                .valueStream()
                .map(entry -> entry.get("file").asString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsValidAgainstTheSchema(String file) {
        assertThat(VECTORS.validate(Suite.json(file))).isEmpty();
    }

    @Test
    void theManifestIsValidAgainstItsSchema() {
        assertThat(MANIFEST.validate(Suite.json("manifest.json"))).isEmpty();
    }

    @Test
    void anUnknownFieldIsRefusedAtEachLevel() {
        assertRefused(file -> file.put("more", 1));
        assertRefused(file -> smallest(file).put("more", 1));
        assertRefused(file -> input(file).put("more", 1));
        assertRefused(file -> expect(file).put("more", 1));
        assertRefused(file -> ((ObjectNode) expect(file).get("ok")).put("more", 1));
    }

    @Test
    void aMissingFieldIsRefused() {
        assertRefused(file -> smallest(file).remove("req"));
        assertRefused(file -> input(file).remove("codecs"));
        assertRefused(file -> ((ObjectNode) expect(file).get("ok")).remove("id"));
    }

    @Test
    void theExpectationFitsTheResult() {
        assertRefused(file -> expect(file).remove("ok"));
        assertRefused(file -> expect(file).put("err", "BODY"));
        assertRefused(file -> expect(file).put("offset", 3));
        assertRefused(file -> smallest(file).put("result", "invalid"));
    }

    @Test
    void anAcceptableCaseIsNoMustAndSaysWhy() {
        assertRefused(file -> smallest(file).put("result", "acceptable").put("level", "SHOULD"));
        assertRefused(file -> {
            smallest(file).put("result", "acceptable");
            ((ArrayNode) smallest(file).get("flags")).add("Why");
        });

        JsonNode fine = changed(file -> {
            smallest(file).put("result", "acceptable").put("level", "MAY");
            ((ArrayNode) smallest(file).get("flags")).add("Why");
        });
        assertThat(VECTORS.validate(fine)).isEmpty();
    }

    @Test
    void bytesAreWholeBytesInLowerCase() {
        assertRefused(file -> input(file).put("frame", "0"));
        assertRefused(file -> input(file).put("frame", "0A"));
        assertRefused(file -> input(file).putObject("frame").putArray("$cat").add(7));
    }

    private static void assertRefused(Consumer<ObjectNode> change) {
        assertThat(VECTORS.validate(changed(change))).isNotEmpty();
    }

    private static JsonNode changed(Consumer<ObjectNode> change) {
        ObjectNode file = (ObjectNode) Suite.json("vectors/frame-decode.json");
        change.accept(file);
        return file;
    }

    private static ObjectNode smallest(ObjectNode file) {
        return (ObjectNode) file.get("tests").get(0);
    }

    private static ObjectNode input(ObjectNode file) {
        return (ObjectNode) smallest(file).get("input");
    }

    private static ObjectNode expect(ObjectNode file) {
        return (ObjectNode) smallest(file).get("expect");
    }
}
