package today.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What chapter 15 says of a table, seen from an application, on real sockets. */
class ChordTableTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<ChordTable<String>> ring = new ArrayList<>();

    @AfterEach
    void close() {
        ring.forEach(ChordTable::close);
    }

    @Test
    void whatOnePutsEveryOtherReads() { // CRD-8, CRD-22
        ring(6);
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int index = 0; index < 100; index++) {
            entries.put("key " + index, (long) index);
        }
        ring.get(0).putAll(entries).join();

        for (ChordTable<String> table : ring) {
            assertThat(table.getAll(entries.keySet()).join()).isEqualTo(entries);
            assertThat(table.get("absent").join()).isEmpty();
        }
    }

    private void ring(int count) {
        for (int index = 0; index < count; index++) {
            ChordTable<String> table =
                    ChordTable.builder().listen("127.0.0.1", 0).maxOutgoing(16).start();
            table.join().join();
            for (ChordTable<String> other : ring) {
                table.network()
                        .connect("127.0.0.1", other.network().address().port())
                        .join();
            }
            ring.add(table);
        }
        await().atMost(SOON)
                .until(() ->
                        ring.stream().allMatch(table -> table.ring().seats().size() == count));
    }
}
