package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The chord rig in small: nodes that find each other over TCP, of which two crash. The rig has 64, and time. */
class ChordCrashTest {
    private static final int NODES = 12;
    private static final int KEYS = 100;

    private final Random random = new Random(Long.getLong("chord.seed", 1));
    private final Rings rings = new Rings();

    @AfterEach
    void close() {
        rings.close();
    }

    @Test
    void twoOfTwelveNodesCrashAndEveryKeyIsReadFromTheOthers() { // C-2, CRD-20, CRD-26, MSH-28
        for (int index = 0; index < NODES; index++) {
            ChordTable<String> table = rings.add();
            if (index > 0) {
                Rings.link(table, rings.tables.get(random.nextInt(index)));
            }
            table.join().join();
        }
        settle(rings.tables);
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int key = 0; key < KEYS; key++) {
            entries.put("key " + key, key);
        }
        rings.tables.get(random.nextInt(NODES)).confirming().putAll(entries).join();

        for (int crash = 0; crash < 2; crash++) {
            // Its sockets close, and that is all: it neither leaves nor hands anything over.
            rings.tables.remove(random.nextInt(rings.tables.size())).network().close();
        }
        settle(rings.tables);
        for (ChordTable<String> reader : rings.tables) {
            assertThat(reader.retrying(3, Duration.ofMillis(100), Duration.ofSeconds(1))
                            .getAll(entries.keySet())
                            .join())
                    .hasSize(KEYS);
        }
    }

    /** Waits until each sees all others, and nobody who is gone. */
    private static void settle(List<ChordTable<String>> tables) {
        await().atMost(Rings.SOON)
                .until(() ->
                        tables.stream().allMatch(table -> table.ring().seats().size() == tables.size()));
    }
}
