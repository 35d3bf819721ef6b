package today.p2p.live.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import today.p2p.live.Control;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.vectors.Case;
import today.p2p.vectors.Suite;
import tools.jackson.databind.node.ObjectNode;

/** What a testee that is older than the field {@code encryption} of node.open comes to. */
class EncryptionTest {
    private final ToyPeer toy = new ToyPeer(null);

    @Test
    void aTesteeThatDoesNotKnowTheFieldIsSkipped() throws InterruptedException {
        Finding finding = played("LIV-TLS-001");

        assertThat(finding.sort()).isEqualTo(Finding.Sort.SKIPPED);
        assertThat(finding.text()).isEqualTo("it opened no node with SSL");
    }

    @Test
    void andTakesPartInCasesWithoutEncryption() throws InterruptedException {
        assertThat(played("LIV-TLS-007").sort()).isEqualTo(Finding.Sort.PASSED);
    }

    private Finding played(String id) throws InterruptedException {
        Case live = Suite.load().find(id).orElseThrow();
        return new Player(this::ask, Duration.ofSeconds(60)).play(Script.of(live));
    }

    private Control.Reply ask(String op, ObjectNode in) throws Control.Lost {
        in.remove("encryption");
        Control.Reply reply = toy.ask(op, in);
        if (reply.ok() instanceof ObjectNode ok) {
            ok.remove("encryption");
        }
        return reply;
    }
}
