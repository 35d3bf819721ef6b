package today.p2p;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import today.p2p.kernel.Timer;

/** Chord Tables of one test, on loopback. */
final class Rings implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);

    final List<ChordTable<String>> tables = new ArrayList<>();

    /** A node that has not joined. */
    ChordTable<String> add() {
        return add(builder -> builder);
    }

    ChordTable<String> add(UnaryOperator<ChordTable.Builder> options) {
        ChordTable.Builder builder = ChordTable.builder()
                .listen("127.0.0.1", 0)
                // A busy machine is no failure.
                .timer(Timer.QUESTION_DEADLINE, Duration.ofSeconds(20))
                .timer(Timer.READ_DEADLINE, Duration.ofSeconds(60));
        ChordTable<String> table = options.apply(builder).start();
        tables.add(table);
        return table;
    }

    /** So many that have joined, each linked to all. */
    List<ChordTable<String>> ring(int count) {
        return ring(count, builder -> builder);
    }

    List<ChordTable<String>> ring(int count, UnaryOperator<ChordTable.Builder> options) {
        for (int index = 0; index < count; index++) {
            ChordTable<String> table = add(options);
            table.join().join();
            for (ChordTable<String> other : tables.subList(0, index)) {
                link(table, other);
            }
        }
        await().atMost(SOON)
                .until(() ->
                        tables.stream().allMatch(table -> table.ring().seats().size() == count));
        return tables;
    }

    /** Links them, and waits until the one knows that the other has joined, if it has. */
    static void link(ChordTable<?> one, ChordTable<?> other) {
        one.network().connect("127.0.0.1", other.network().address().port()).join();
        await().atMost(SOON)
                .until(() -> !other.isJoined()
                        || one.ring().seats().stream()
                                .anyMatch(
                                        seat -> seat.id().equals(other.network().id())));
    }

    static Map<String, Object> entries(int count) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int index = 0; index < count; index++) {
            entries.put("key " + index, (long) index);
        }
        return entries;
    }

    @Override
    public void close() {
        tables.stream().map(table -> table.network().closeAsync()).toList().forEach(CompletableFuture::join);
    }
}
