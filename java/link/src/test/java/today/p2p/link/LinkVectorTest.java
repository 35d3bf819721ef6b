package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.ids.NodeId;
import today.p2p.ids.Parsed;
import today.p2p.msgpack.Bytes;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** DUP-1 as {@code test-vectors/} has it. */
class LinkVectorTest {
    @TestFactory
    Stream<DynamicTest> theLinkThatIsClosedIsTheOneThatTheVectorsSay() {
        List<Case> cases = Suite.load().of("link.conflict");
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(Case vector) {
        Parsed<NodeId> own = id(vector.input().get("own"));
        Parsed<NodeId> peer = id(vector.input().get("peer"));
        if (vector.error().isPresent()) {
            assertThat(Stream.of(own, peer)
                            .flatMap(parsed -> parsed.malformed().stream())
                            .map(malformed -> malformed.code().name()))
                    .contains(vector.error().get());
            return;
        }
        DuplicateLink decided = DuplicateLink.decide(
                own.value().orElseThrow(),
                peer.value().orElseThrow(),
                vector.input().get("newOutgoing").asBoolean());

        String close = vector.ok().orElseThrow().get("close").asString();
        assertThat(decided).isEqualTo(close.equals("old") ? DuplicateLink.CLOSE_OLD : DuplicateLink.CLOSE_NEW);
    }

    private static Parsed<NodeId> id(JsonNode value) {
        return NodeId.read(
                value.isString()
                        ? Bytes.ofUtf8(value.asString())
                        : Bytes.ofHex(value.path("$bin").asString("")));
    }
}
