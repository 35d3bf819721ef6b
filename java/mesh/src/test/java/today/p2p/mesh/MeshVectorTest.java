package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** BRD-1 as {@code test-vectors/} has it. */
class MeshVectorTest {
    @TestFactory
    Stream<DynamicTest> aBroadcastIsAcceptedWhenTheVectorsSaySo() {
        List<Case> cases = Suite.load().of("broadcast.check");
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(Case vector) {
        JsonNode in = vector.input();
        BroadcastRule decided = BroadcastRule.decide(
                seconds(in.get("time")), seconds(in.get("now")), in.get("seen").asBoolean());

        assertThat(decided.accepted())
                .isEqualTo(vector.ok().orElseThrow().get("accept").asBoolean());
    }

    private static long seconds(JsonNode value) {
        return value.isNumber()
                ? value.asLong()
                : Long.parseLong(value.get("$int").asString());
    }
}
