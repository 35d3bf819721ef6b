package today.p2p.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing binding is unchecked: a vector, a worked example or a test cites every MUST. */
class CoverageTest {
    private static final List<String> TEST_TREES = List.of("java", "conformance", "test-vectors");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Clause> clauses = Clause.byId();

    @Test
    void everyMustHasAVectorAnExampleOrATest() {
        Set<String> cited = new HashSet<>();
        vectors().forEach(vector -> vector.get("req").forEach(id -> cited.add(id.asString())));
        Example.all(problems).forEach(example -> cited.addAll(example.req()));
        for (String tree : TEST_TREES) {
            for (Path file : Repository.below(Repository.ROOT.resolve(tree), CoverageTest::isTest)) {
                Matcher id = Clause.ID.matcher(Repository.text(file));
                while (id.find()) {
                    cited.add(id.group());
                }
            }
        }
        for (Clause clause : clauses.values()) {
            boolean excused = clause.untestable().isPresent();
            if (clause.level().equals("MUST") && !excused && !cited.contains(clause.id())) {
                problems.add(clause.at() + " " + clause.id()
                        + " has neither a vector, nor an example, nor a test that cites it");
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void everyVectorNamesClausesThatExist() {
        for (JsonNode vector : vectors()) {
            if (vector.path("req").isEmpty()) {
                problems.add("vector " + vector.path("id").asString() + " names no clause");
            }
            for (JsonNode id : vector.path("req")) {
                if (!clauses.containsKey(id.asString())) {
                    problems.add("vector " + vector.path("id").asString() + " names " + id.asString()
                            + ", which does not exist");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/") && file.toString().endsWith(".java");
    }

    private static List<JsonNode> vectors() {
        JsonMapper json = JsonMapper.builder().build();
        List<JsonNode> vectors = new ArrayList<>();
        Path folder = Repository.ROOT.resolve("test-vectors/vectors");
        for (Path file : Repository.below(folder, name -> name.toString().endsWith(".json"))) {
            json.readTree(Repository.text(file)).path("tests").forEach(vectors::add);
        }
        return vectors;
    }
}
