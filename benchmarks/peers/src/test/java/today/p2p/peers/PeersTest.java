package today.p2p.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A comparison counts only between serializers that carry the same. */
class PeersTest {
    static Iterable<String> names() {
        return Peers.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPeerCarriesTheWholeStruct(String name) throws Exception {
        Peer peer = Peers.named(name);
        Struct struct = Struct.sample();

        // Twice, since all peers reuse their state.
        for (int round : List.of(1, 2)) {
            int length = peer.encode(struct);
            Struct back = peer.decode(peer.encoded());
            assertThat(peer.encoded()).as("round " + round).hasSize(length);
            assertThat(back.sameAs(struct)).as("round " + round).isTrue();
        }
        System.out.printf("%-16s %5d bytes%n", name, peer.encode(struct));
    }
}
