package today.p2p.live.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import today.p2p.live.Finding;
import today.p2p.live.Player;
import today.p2p.live.Script;
import today.p2p.model.rings.RingDefect;
import today.p2p.vectors.Case;

/** A live case counts only when a defect makes it fail: each defect is caught by a case of a clause that it breaks. */
class ToyDefectsTest {
    /** A defect that shows in silence costs this much; the second look and the control are patient. */
    private static final Duration IMPATIENT = Duration.ofMillis(250);

    private static final int AT_ONCE = 12;
    /** Cases with many megabytes take their turn. */
    private static final Object LARGE = new Object();

    private static final Duration PATIENT = Duration.ofSeconds(3);
    /** What is not wrong passes, however busy the machine is. */
    private static final Duration VERY_PATIENT = Duration.ofSeconds(60);

    /** Left to vectors, which catch them: what looks alike to the peers of a script, or takes fifteen seconds. */
    private static final Set<RingDefect> LEFT_TO_VECTORS = EnumSet.of(
            RingDefect.ITEMS_COST_NOTHING,
            RingDefect.HEAD_COSTS_128,
            RingDefect.CHAIN_ENDS,
            RingDefect.COPY_BY_RANK,
            RingDefect.FORGOTTEN_EARLY,
            RingDefect.NEVER_FORGOTTEN,
            RingDefect.LEECH_HOLDS,
            RingDefect.LONG_VALUE_HELD,
            RingDefect.LEFT_STILL_ASKED,
            RingDefect.NIL_OVERRIDES,
            RingDefect.LAST_VALUE_COUNTS,
            RingDefect.THREE_NILS_END);

    /** What is wrong, and a peer of which it is. */
    private record Wrong(String name, String description, List<String> clauses, Supplier<ToyPeer> peer) {}

    private static List<Wrong> all() {
        Stream<Wrong> toys = Stream.of(ToyDefect.values())
                .map(each -> new Wrong(each.name(), each.description(), each.clauses(), () -> new ToyPeer(each)));
        Stream<Wrong> rings = Stream.of(RingDefect.values())
                .filter(each -> !LEFT_TO_VECTORS.contains(each))
                .map(each -> new Wrong(each.name(), each.description(), each.clauses(), () -> new ToyPeer(null, each)));
        String wanted = System.getProperty("live.defects", ".*");
        return Stream.concat(toys, rings)
                .filter(wrong -> wrong.name().matches(wanted))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyDefectIsCaughtByALiveCaseOfAClauseThatItBreaks() {
        // They spend their time waiting for what does not come, so many wait at once.
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Map<Wrong, Future<List<String>>> caught = new LinkedHashMap<>();
        for (Wrong wrong : all()) {
            caught.put(wrong, threads.submit(() -> catchers(wrong, IMPATIENT)));
        }
        threads.shutdown();
        return caught.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey().name(),
                        () -> assertThat(catchers(each.getKey(), each.getValue(), threads))
                                .as(
                                        "cases of %s that fail when %s",
                                        each.getKey().clauses(), each.getKey().description())
                                .isNotEmpty()));
    }

    /** Who is not caught is tried once more, alone and with patience: on a busy machine the good toy is late, too. */
    private static List<String> catchers(Wrong wrong, Future<List<String>> amongOthers, ExecutorService others)
            throws Exception {
        List<String> catchers = amongOthers.get();
        if (!catchers.isEmpty()) {
            return catchers;
        }
        assertThat(others.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
        return catchers(wrong, PATIENT);
    }

    private static List<String> catchers(Wrong wrong, Duration first) {
        return ToyPeerTest.quick()
                .filter(live -> !Collections.disjoint(live.requirements(), wrong.clauses()))
                .filter(live -> isCaught(wrong.peer().get(), live, first))
                .filter(live ->
                        isCaught(wrong.peer().get(), live, PATIENT) && !isCaught(new ToyPeer(null), live, VERY_PATIENT))
                .limit(1)
                .map(Case::id)
                .toList();
    }

    private static boolean isCaught(ToyPeer peer, Case live, Duration patience) {
        if (live.flags().contains("Large")) {
            synchronized (LARGE) {
                return isCaughtNow(peer, live, patience);
            }
        }
        return isCaughtNow(peer, live, patience);
    }

    private static boolean isCaughtNow(ToyPeer peer, Case live, Duration patience) {
        try {
            Finding finding = new Player(peer, patience).play(Script.of(live));
            return finding.sort() == Finding.Sort.FAILED;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
