package today.p2p.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.msgpack.Bytes;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** LSE-1 to LSE-7 as {@code test-vectors/} has them. */
class SyncVectorTest {
    @TestFactory
    Stream<DynamicTest> aChangeIsAllowedWhenTheVectorsSaySo() {
        List<Case> cases = Suite.load().of("lease.check");
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(Case vector) {
        JsonNode in = vector.input();
        JsonNode current = in.get("current");
        Change change = new Change(revision(in.get("change")), in.get("delta").asBoolean());
        Permission.Terms terms = new Permission.Terms(in.get("leasing").asBoolean(), seconds(in.get("now")));

        Permission row = Permission.of(current.isNull() ? null : revision(current), change, terms);

        assertThat(row.allowed())
                .as("decided by %s", row.clause())
                .isEqualTo(vector.ok().orElseThrow().get("allow").asBoolean());
    }

    private static Revision revision(JsonNode node) {
        JsonNode owner = node.get("owner");
        Bytes bytes = owner.isString()
                ? Bytes.ofUtf8(owner.asString())
                : Bytes.ofHex(owner.get("$bin").asString());
        return new Revision(bytes, seconds(node.get("time")));
    }

    private static long seconds(JsonNode value) {
        return value.isNumber()
                ? value.asLong()
                : Long.parseLong(value.get("$int").asString());
    }
}
