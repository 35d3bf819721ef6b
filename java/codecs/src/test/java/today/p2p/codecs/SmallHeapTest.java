package today.p2p.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** CMP-3, ERR-3: bombs cost a small process nothing that lasts. */
class SmallHeapTest {
    private static final int ROUNDS = Integer.getInteger("p2p.bombs", 100);

    @Test
    void bombsOfEveryCodecInARowFitIntoSixtyFourMegabytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BombRun.class.getName(),
                        Integer.toString(ROUNDS))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        for (var codec : Codecs.available()) {
            assertThat(said).contains(codec.name() + " done");
        }
    }
}
