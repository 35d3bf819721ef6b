package today.p2p.live.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.vectors.Case;
import today.p2p.vectors.Level;
import today.p2p.vectors.Result;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A peer that a machine has kept from its handshake is told apart, since the testee may give it up (LNK-8). */
class LatePeerTest {
    private static final String DIAL = "{'do':'dial','link':'A'},";
    private static final String GREET = "{'do':'greet','link':'A'}";

    @Test
    void whoShakesHandsAfterFiveSecondsWasLate() throws InterruptedException {
        assertThat(wasLate(DIAL + "{'do':'wait','seconds':5.1}," + GREET)).isTrue();
    }

    @Test
    void whoShakesHandsAtOnceWasNot() throws InterruptedException {
        long began = System.nanoTime();
        boolean wasLate = wasLate(DIAL + GREET);

        // Unless the machine has stood still just now.
        assumeThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(wasLate).isFalse();
    }

    private static boolean wasLate(String steps) throws InterruptedException {
        String input = "{'node':{},'peers':{},'steps':[" + steps + "]}";
        ObjectNode in = (ObjectNode) JsonMapper.shared().readTree(input.replace('\'', '"'));
        Case live = new Case(
                "LIV-X-001",
                "live",
                List.of("LNK-8"),
                Level.MUST,
                "live",
                in,
                Result.VALID,
                JsonMapper.shared().createObjectNode(),
                "",
                List.of(),
                "1.0",
                "by hand");
        Player player = new Player(new ToyPeer(null), Duration.ofSeconds(60));

        assertThat(player.play(Script.of(live)).sort()).isEqualTo(Finding.Sort.PASSED);
        return player.wasLate();
    }
}
