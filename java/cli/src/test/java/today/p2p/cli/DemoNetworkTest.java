package today.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import today.p2p.terminal.Terminal;

/** The demonstration shows what it says, with real processes. */
class DemoNetworkTest {
    private final StringWriter shown = new StringWriter();
    private final DemoNetwork networks = new DemoNetwork(
            new Terminal(InputStream.nullInputStream(), new PrintWriter(shown), new PrintWriter(shown), false, false));

    @Test
    void aBroadcastReachesTheOthers() throws Exception {
        networks.broadcast();

        assertThat(shown.toString()).contains("process 2 received", "process 3 received");
    }

    @Test
    void aKeyIsReadAndMayNotBeChanged() throws Exception {
        networks.syncTable();

        assertThat(shown.toString())
                .contains("reads colour = \"green\"", "is refused: the key colour belongs to process 1 until ");
    }

    @Test
    void noKeyIsLostWhenAProcessIsKilled() throws Exception { // chapter 15.6
        networks.chordTable();

        assertThat(shown.toString())
                .contains("reads 15 of the first 15", "reads 15 of the other 15", "reads 30 of all 30");
    }
}
