package today.p2p.live.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.vectors.Case;

/** A live case counts only when a defect makes it fail: each defect is caught by a case of a clause that it breaks. */
class ToyDefectsTest {
    /** A defect that shows in silence costs this much; the second look and the control are patient. */
    private static final Duration IMPATIENT = Duration.ofMillis(250);

    private static final int AT_ONCE = 12;
    private static final Duration PATIENT = Duration.ofSeconds(3);

    @TestFactory
    Stream<DynamicTest> everyDefectIsCaughtByALiveCaseOfAClauseThatItBreaks() {
        // They spend their time waiting for what does not come, so many wait at once.
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Map<ToyDefect, Future<List<String>>> caught = new EnumMap<>(ToyDefect.class);
        for (ToyDefect defect : ToyDefect.values()) {
            caught.put(defect, threads.submit(() -> catchers(defect)));
        }
        threads.shutdown();
        return Stream.of(ToyDefect.values())
                .map(defect -> DynamicTest.dynamicTest(
                        defect.name(),
                        () -> assertThat(Objects.requireNonNull(caught.get(defect))
                                        .get())
                                .as("cases of %s that fail when %s", defect.clauses(), defect.description())
                                .isNotEmpty()));
    }

    private static List<String> catchers(ToyDefect defect) {
        return ToyPeerTest.quick()
                .filter(live -> !Collections.disjoint(live.requirements(), defect.clauses()))
                .filter(live -> isCaught(defect, live, IMPATIENT))
                .filter(live -> isCaught(defect, live, PATIENT) && !isCaught(null, live, PATIENT))
                .limit(1)
                .map(Case::id)
                .toList();
    }

    private static boolean isCaught(@Nullable ToyDefect defect, Case live, Duration patience) {
        try {
            Finding finding = new Player(new ToyPeer(defect), patience).play(Script.of(live));
            return finding.sort() == Finding.Sort.FAILED;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
