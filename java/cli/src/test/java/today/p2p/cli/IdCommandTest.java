package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ids as the 0.7 implementations make them; the values come from test-vectors. */
class IdCommandTest {
    private static final String MESH = "EpAmyZWv9rZUKmjQgU3FTUD4GrJHvVEXizmghVBc8eGD";
    private static final String SALT = "106b86b4-a0cf-4652-a3aa-1f9a012c4df9";
    private static final String NODE = "9Y3caccweqNUBvHcRyQyztZgpyEoZ58wW1UdVdq4dd6eEgCqt6KMXV8QpnJjectk7s";

    @Test // SUB-1
    void theProtocolIdOfANetwork() {
        assertThat(Run.p2p("id", "protocol", "--subnet", "mesh").out().strip()).isEqualTo(MESH);
        assertThat(Run.p2p("id", "protocol", "--subnet", "mesh", "--encryption", "SSL")
                        .out()
                        .strip())
                .isNotEqualTo(MESH);
    }

    @Test // SUB-3
    void aSyncTableAppendsADigitToItsSubnet() {
        assertThat(Run.p2p("id", "protocol", "--subnet", "s", "--leasing").out())
                .isEqualTo(Run.p2p("id", "protocol", "--subnet", "s1").out());
        assertThat(Run.p2p("id", "protocol", "--subnet", "s", "--no-leasing").out())
                .isEqualTo(Run.p2p("id", "protocol", "--subnet", "s0").out());
    }

    @Test // NID-1, NID-2
    void theIdOfANode() {
        String[] byText = {"id", "node", "--address", "('127.0.0.1', 4444)", "--protocol-id", MESH, "--salt", SALT};
        String[] byPort = {"id", "node", "--host", "127.0.0.1", "--port", "4444", "--protocol-id", MESH, "--salt", SALT
        };
        assertThat(Run.p2p(byText).out().strip()).isEqualTo(NODE);
        assertThat(Run.p2p(byPort).out().strip()).isEqualTo(NODE);
    }

    @Test // NID-3
    void aSaltThatWasNotGivenIsANewUuid() {
        JsonNode first = node();
        assertThat(first.path("salt").asString()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(node().path("id")).isNotEqualTo(first.path("id"));
    }

    @Test // B58-1 to B58-4
    void base58BothWays() {
        assertThat(Run.p2p("id", "encode", "57").out().strip()).isEqualTo("z");
        assertThat(Run.p2p("id", "encode", "0x39").out().strip()).isEqualTo("z");
        assertThat(Run.p2p("id", "decode", "1z").out().lines()).containsExactly("57", "0x39");
        assertThat(Run.p2p("id", "decode", "--json", "z").out().strip()).isEqualTo("{\"int\":\"57\",\"hex\":\"39\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id decode 9Y30                                  | 1 | character 4: '0'",
                "id encode -1                                    | 1 | RANGE",
                "id encode 12x                                   | 2 | not a number: '12x'",
                "id encode 0x                                    | 2 | not a number: '0x'",
                "id node --protocol-id x --host h                | 2 | say either --address, or --host and --port",
                "id node --protocol-id x --host h --port 65536   | 2 | port 65536 is not in 1..65535",
                "id node --protocol-id x --host h --port x       | 2 | --port",
                "id node --host h --port 1                       | 2 | --protocol-id",
                "id protocol                                     | 2 | --subnet",
                "id                                              | 2 | a command is missing",
            })
    void mistakesAreNamed(String line, int status, String complaint) {
        Run run = Run.p2p(line.split(" +"));
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.err()).startsWith("p2p id").contains(complaint);
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode node() {
        String out = Run.p2p("id", "node", "--host", "h", "--port", "1", "--protocol-id", MESH, "--json")
                .out();
        return JsonMapper.shared().readTree(out);
    }
}
