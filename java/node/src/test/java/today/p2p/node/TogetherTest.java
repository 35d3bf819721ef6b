package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.Call;
import today.p2p.kernel.Effect;
import today.p2p.msgpack.Value;

/** Whole nodes, links and bytes between them, with nothing but an order of events. */
class TogetherTest {
    private final Town town = new Town();

    @Test
    void aBroadcastReachesEveryNodeOnceAcrossALine() { // MSH-9, MSH-12
        town.line(5);
        town.call(0, new Call.Broadcast(9, 0, List.of(Value.of("banana ".repeat(100)))));
        town.run();

        for (int node = 1; node < 5; node++) {
            assertThat(town.delivered(node)).as("node %d", node).hasSize(1);
        }
        assertThat(town.delivered(0)).isEmpty();
    }

    @Test
    void nodesFindEachOtherByListsOfPeers() { // MSH-3, MSH-5
        town.line(4);

        for (int node = 0; node < 4; node++) {
            assertThat(town.node(node).peers()).as("node %d", node).hasSize(3);
        }
    }

    @Test
    void ofTwoNodesThatDialEachOtherAtOnceOneLinkRemainsTheSameOnBothSides() { // MSH-2, DUP-1
        for (int round = 0; round < 1000; round++) {
            Town pair = new Town(round);
            pair.add();
            pair.add();
            pair.call(0, new Call.Connect(1, Town.address(1)));
            pair.call(1, new Call.Connect(1, Town.address(0)));
            pair.run();

            assertThat(pair.openConnections()).as("round %d", round).isEqualTo(1);
            assertThat(pair.node(0).peers()).as("round %d", round).hasSize(1);
            assertThat(pair.node(1).peers()).as("round %d", round).hasSize(1);
            assertThat(pair.outcomes(0, 1)).containsExactly("Connected");
            assertThat(pair.outcomes(1, 1)).containsExactly("Connected");
        }
    }

    @Test
    void aNodeThatDialsItselfIsRefused() { // LNK-5
        town.add();
        town.call(0, new Call.Connect(1, Town.address(0)));
        town.run();

        assertThat(town.outcomes(0, 1)).containsExactly("NotConnected");
        assertThat(town.openConnections()).isZero();
    }

    @Test
    void aWhisperFindsANodeWithoutALink() { // MSH-16 to MSH-18
        Town small = new Town(1, 1);
        small.line(4);
        assertThat(small.isPeer(0, 3)).isFalse();

        small.call(0, new Call.Whisper(9, Town.id(3).bytes(), 2, List.of(Value.of("hi")), true));
        small.run();

        assertThat(small.outcomes(0, 9)).containsExactly("Sent");
        assertThat(small.delivered(3)).hasSize(1);
        assertThat(small.delivered(1)).isEmpty();
    }

    @Test
    void whenANodeClosesTheOthersHearOfIt() {
        town.line(3);
        town.call(1, new Call.Close(9));
        town.run();

        assertThat(town.isPeer(0, 1)).isFalse();
        assertThat(town.effects(2).stream().filter(Effect.PeerDisconnected.class::isInstance))
                .isNotEmpty();
        assertThat(town.outcomes(1, 9)).containsExactly("Done");
    }

    @Test
    void nobodyAnswersAtAnUnknownAddress() {
        town.add();
        town.call(0, new Call.Connect(1, new Address("203.0.113.250", 1)));
        town.run();

        assertThat(town.outcomes(0, 1)).containsExactly("NotConnected");
    }
}
