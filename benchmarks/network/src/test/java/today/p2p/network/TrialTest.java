package today.p2p.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Setting SHORT =
            new Setting(Path.of(System.getProperty("java.home")), "64m", Duration.ofMillis(10), Duration.ofMillis(200));

    @Test
    void whispersArriveBetweenTwoProcesses() throws IOException {
        assertThat(new Trial(Workload.ONE_WAY, Subject.MESH_CODECS, 1024).run(SHORT))
                .hasEntrySatisfying("rate", rate -> assertThat(rate).isPositive());
    }

    @Test
    void plainNettyVerifiesAFloodAndDeliversIt() throws IOException {
        assertThat(new Trial(Workload.FLOOD, Subject.NETTY_SHA, 64).run(SHORT))
                .hasEntrySatisfying("rate", rate -> assertThat(rate).isPositive());
    }

    @Test
    void madeUpNodesShakeHandsWithAMeshNetwork() throws IOException {
        assertThat(new Trial(Workload.GREET, Subject.MESH, 0).run(SHORT))
                .hasEntrySatisfying("rate", rate -> assertThat(rate).isPositive());
    }
}
