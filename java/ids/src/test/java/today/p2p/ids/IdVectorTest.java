package today.p2p.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Malformed;
import today.p2p.msgpack.NotEncodableException;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.JsonNode;

/** base58 and ids as {@code test-vectors/} has them: B58, SUB and NID. */
class IdVectorTest {
    private static final Suite SUITE = Suite.load();

    @TestFactory
    Stream<DynamicTest> aNumberIsWrittenAsTheVectorsSay() {
        return tests("base58.encode", vector -> {
            BigInteger number = new BigInteger(text(vector.input(), "int"));
            if (vector.error().isPresent()) {
                NotEncodableException refused =
                        catchThrowableOfType(NotEncodableException.class, () -> Base58.write(number));
                assertThat(refused.code().name()).isEqualTo(vector.error().get());
            } else {
                assertThat(Base58.write(number)).isEqualTo(text(vector.ok().orElseThrow(), "text"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aTextIsReadAsTheVectorsSay() {
        return tests("base58.decode", vector -> {
            Parsed<BigInteger> parsed = Base58.read(text(vector.input(), "text"));

            Optional<Malformed> refused = parsed.malformed();
            assertThat(refused.map(why -> why.code().name())).isEqualTo(vector.error());
            assertThat(parsed.value()).isEqualTo(vector.ok().map(ok -> new BigInteger(text(ok, "int"))));
            vector.offset()
                    .ifPresent(
                            offset -> assertThat(refused.orElseThrow().offset()).isEqualTo(offset));
        });
    }

    @TestFactory
    Stream<DynamicTest> aProtocolIdIsWhatTheVectorsSay() {
        return tests("id.protocol", vector -> {
            ProtocolId id = ProtocolId.of(text(vector.input(), "subnet"), text(vector.input(), "encryption"));

            assertThat(id.text()).isEqualTo(text(vector.ok().orElseThrow(), "id"));
        });
    }

    @TestFactory
    Stream<DynamicTest> aNodeIdIsWhatTheVectorsSay() {
        return tests("id.node", vector -> {
            ProtocolId protocol = new ProtocolId(Bytes.ofUtf8(text(vector.input(), "protocolId")));
            NodeId id = NodeId.of(text(vector.input(), "address"), protocol, text(vector.input(), "salt"));

            assertThat(id.text()).isEqualTo(text(vector.ok().orElseThrow(), "id"));
        });
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static Stream<DynamicTest> tests(String op, Consumer<Case> body) {
        List<Case> cases = SUITE.of(op);
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> body.accept(each)));
    }
}
