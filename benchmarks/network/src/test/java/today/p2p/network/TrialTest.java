package today.p2p.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void whispersArriveBetweenTwoProcesses() throws IOException {
        assertThat(rate(new Trial(Workload.ONE_WAY, Subject.MESH_CODECS, 1024))).isPositive();
    }

    @Test
    void plainNettyVerifiesAFloodAndDeliversIt() throws IOException {
        assertThat(rate(new Trial(Workload.FLOOD, Subject.NETTY_SHA, 64))).isPositive();
    }

    @Test
    void madeUpNodesShakeHandsWithAMeshNetwork() throws IOException {
        assertThat(rate(new Trial(Workload.GREET, Subject.MESH, 0))).isPositive();
    }

    /** What a busy machine does not do in a short time is looked for in a longer one. */
    private static double rate(Trial trial) throws IOException {
        Path java = Path.of(System.getProperty("java.home"));
        double rate = 0;
        for (Duration measured = SHORT;
                rate == 0 && measured.compareTo(LONG) <= 0;
                measured = measured.multipliedBy(4)) {
            rate = trial.run(new Setting(java, "64m", Duration.ofMillis(10), measured))
                    .getOrDefault("rate", 0.0);
        }
        return rate;
    }
}
