package today.p2p.network.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import today.p2p.network.Setting;

class TableTrialTest {
    private static final Setting SHORT = new Setting(
            Path.of(System.getProperty("java.home")), "256m", Duration.ofMillis(10), Duration.ofMillis(100));

    @Test
    void syncTablesAreWrittenUntilAllHoldAll() throws IOException {
        assertThat(new TableTrial(TableWork.COPIES, TableSubject.OURS).run(SHORT))
                .containsOnlyKeys("rate", "p50", "p99");
    }

    @Test
    void chordTablesAreWrittenAndRead() throws IOException {
        assertThat(new TableTrial(TableWork.SHARES, TableSubject.OURS).run(SHORT))
                .containsOnlyKeys("puts", "gets", "p50", "confirmed", "seen");
    }
}
