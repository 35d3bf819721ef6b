package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.terminal.Complaint;

class P2pProcessTest {
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @Test
    void aProcessDoesWhatItIsToldAndSaysWhatHappens() throws Exception {
        try (P2pProcess node = P2pProcess.start("the node", QUICK, List.of("node"))) {
            assertThat(node.await("listening").path("port").asInt()).isPositive();
            assertThat(node.ask("status", "status").path("links").asInt()).isZero();
        }
    }

    @Test
    void aProcessThatWasKilledAnswersNothingMore() throws Exception {
        try (P2pProcess node = P2pProcess.start("the node", QUICK, List.of("node"))) {
            node.await("listening");
            node.kill();

            assertThat(node.isAlive()).isFalse();
            assertThatThrownBy(() -> node.ask("status", "status"))
                    .isInstanceOf(Complaint.class)
                    .hasMessageStartingWith("the node ended before it said 'status'");
        }
    }

    @Test
    void aProcessThatCannotStartSaysWhy() throws Exception {
        try (P2pProcess node = P2pProcess.start("the node", QUICK, List.of("node", "--for", "ever"))) {
            assertThatThrownBy(() -> node.await("listening"))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("'ever' is not a time");
        }
    }
}
