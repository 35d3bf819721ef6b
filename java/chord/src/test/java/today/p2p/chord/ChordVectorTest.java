package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.ids.Base58;
import today.p2p.msgpack.Bytes;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** CHO-1 to CHO-6 as {@code test-vectors/} has them. */
class ChordVectorTest {
    private static final Suite SUITE = Suite.load();

    @TestFactory
    Stream<DynamicTest> aKeyStandsWhereTheVectorsSay() {
        return tests("chord.positions", vector -> {
            JsonNode key = vector.input().get("key");
            Bytes bytes = key.isString()
                    ? Bytes.ofUtf8(key.asString())
                    : Bytes.ofHex(key.get("$bin").asString());
            for (Table table : Table.values()) {
                JsonNode expected = vector.ok().orElseThrow().get(table.hashName());
                assertThat(table.position(bytes)).isEqualTo(number(expected.get("int")));
                assertThat(Base58.write(table.position(bytes)))
                        .isEqualTo(expected.get("base58").asString());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aDistanceIsWhatTheVectorsSay() {
        return tests("chord.distance", vector -> {
            RingId from = RingId.of(number(vector.input().get("from")));
            RingId to = RingId.of(number(vector.input().get("to")));

            assertThat(from.distanceTo(to))
                    .isEqualTo(number(vector.ok().orElseThrow().get("distance")));
        });
    }

    @TestFactory
    Stream<DynamicTest> theOwnerIsTheNodeThatTheVectorsSay() {
        return tests("chord.owner", vector -> {
            JsonNode in = vector.input();
            List<BigInteger> candidates = new ArrayList<>();
            if (in.get("joined").asBoolean()) {
                candidates.add(number(in.get("self")));
            }
            in.get("peers").forEach(peer -> candidates.add(number(peer)));
            Nearest side = in.get("direction").asString().equals("owner") ? Nearest.OWNER : Nearest.AHEAD;

            JsonNode node = vector.ok().orElseThrow().get("node");
            assertThat(side.of(RingId.of(number(in.get("key"))), candidates, RingId::of))
                    .isEqualTo(node.isNull() ? Optional.empty() : Optional.of(number(node)));
        });
    }

    private static BigInteger number(JsonNode decimal) {
        return new BigInteger(decimal.asString());
    }

    private static Stream<DynamicTest> tests(String op, Consumer<Case> body) {
        List<Case> cases = SUITE.of(op);
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> body.accept(each)));
    }
}
