package today.p2p.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.ErrorCode;
import today.p2p.msgpack.Malformed;

class IdsTest {
    private static final String MESH = "EpAmyZWv9rZUKmjQgU3FTUD4GrJHvVEXizmghVBc8eGD";

    @Test
    void aProtocolIdIsTheHashOfSubnetEncryptionAndVersion() {
        // SUB-1, SUB-2, VER-1
        assertThat(ProtocolId.of("mesh", Encryption.PLAINTEXT).text()).isEqualTo(MESH);
        assertThat(ProtocolId.of("mesh", "Plaintext")).isEqualTo(new ProtocolId(Bytes.ofUtf8(MESH)));
        assertThat(ProtocolId.of("mesh", Encryption.SSL).text()).isNotEqualTo(MESH);
    }

    @Test
    void aSyncTableTellsItsLeasingByItsSubnet() {
        // SUB-3
        assertThat(ProtocolId.syncSubnet("sync", true)).isEqualTo("sync1");
        assertThat(ProtocolId.syncSubnet("sync", false)).isEqualTo("sync0");
        assertThat(ProtocolId.of(ProtocolId.syncSubnet("sync", true), Encryption.SSL)
                        .text())
                .isEqualTo("ANBM6pF8DhyLoKw2PEj8wwg9WbmxbYvmZt4d9ca3nJ7B");
    }

    @Test
    void aNodeIdIsTheHashOfAddressProtocolAndSalt() {
        // NID-1
        String address = AddressText.QUOTED.of("192.0.2.1", 4444);
        ProtocolId mesh = ProtocolId.of("mesh", Encryption.PLAINTEXT);

        NodeId id = NodeId.of(address, mesh, "6f1e8c1a-0b0d-4c3e-9a54-3d2b1c0f9e81");

        assertThat(id.text()).isEqualTo("AHjeyWiYGSa3vWNHALu7yBEuK5LuA1UYzadFaeBcz9YcxHPGY473v8r6GRynLUHwyL");
        assertThat(Base58.write(id.number())).isEqualTo(id.text());
    }

    @Test
    void anAddressIsWrittenInTwoWays() {
        // NID-2
        assertThat(AddressText.QUOTED.of("192.0.2.1", 4444)).isEqualTo("('192.0.2.1', 4444)");
        assertThat(AddressText.BARE.of("::1", 65_535)).isEqualTo("(::1, 65535)");
        assertThatThrownBy(() -> AddressText.BARE.of("::1", 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AddressText.BARE.of("::1", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClaimedIdThatIsNoNumberIsRefusedWithOneCode() {
        // NID-4
        for (String claim : List.of("", "0", "a b", "1".repeat(129), "z".repeat(88))) {
            Malformed refused = read(claim).malformed().orElseThrow();
            assertThat(refused.code()).as(claim).isEqualTo(ErrorCode.BASE58);
        }
        assertThat(read("ab-").malformed().map(Malformed::offset)).contains(2);
        assertThat(NodeId.read(Bytes.of((byte) 0xff)).malformed()).isPresent();
    }

    @Test
    void nodeIdsAreOrderedAsIntegers() {
        // NID-5: as text, z comes after 21 and a after Z; as numbers, length decides first.
        List<NodeId> ordered = Stream.of("2", "Z", "a", "z", "21", "zz", "211")
                .map(IdsTest::id)
                .toList();

        assertThat(ordered.stream().sorted()).isEqualTo(ordered);
        assertThat(id("z")).isLessThan(id("21"));
        assertThat(id("z")).isLessThan(id("11121"));
    }

    @Test
    void theOrderOfNodeIdsIsThatOfTheirNumbers() {
        // NID-5, B58-4: leading 1 count for nothing.
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            NodeId one = randomId(random);
            NodeId other = random.nextInt(8) == 0 ? id("1" + one.text()) : randomId(random);
            int expected = one.number().compareTo(other.number());
            if (expected != 0) {
                assertThat(Integer.signum(one.compareTo(other)))
                        .as("%s, %s, seed %d", one, other, seed)
                        .isEqualTo(expected);
            }
        }
    }

    private static NodeId randomId(Random random) {
        String text = Base58.write(new BigInteger(1 + random.nextInt(40), random));
        return id("1".repeat(random.nextInt(3)) + text);
    }

    @Test
    void twoTextsOfOneNumberAreTwoIds() {
        // MSG-8: compared as bytes, so that their order must not call them equal.
        assertThat(id("12")).isNotEqualTo(id("2")).isLessThan(id("2"));
        assertThat(id("2")).isEqualTo(id("2")).hasSameHashCodeAs(id("2")).isEqualByComparingTo(id("2"));
    }

    private static NodeId id(String text) {
        return read(text).value().orElseThrow();
    }

    private static Parsed<NodeId> read(String text) {
        return NodeId.read(Bytes.ofUtf8(text));
    }
}
