package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;

/** MSH-11. */
class SeenBroadcastsTest {
    private static final LinkId HONEST = new LinkId(1);
    private static final LinkId FLOOD = new LinkId(2);

    @Test
    void aBroadcastIsRememberedForRememberBroadcastOfMonotonicTime() { // remember-broadcast
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT, new Random(1));
        seen.add(id(1), HONEST, at(0));

        assertThat(seen.holds(id(1), new Time(120 * Time.SECOND - 1, 0))).isTrue();
        assertThat(seen.hasSeen(array(id(1)), 0, new Time(120 * Time.SECOND - 1, 0)))
                .isTrue();
        assertThat(seen.hasSeen(array(id(1)), 0, at(120))).isFalse();
        assertThat(seen.holds(id(1), at(120))).isFalse();
        assertThat(seen.size()).isZero();
    }

    @Test
    void whoFillsTheSetLosesFromItAndNobodyElse() { // max-seen
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, 10), new Random(1));
        seen.add(id(1), HONEST, at(0));
        seen.add(id(2), HONEST, at(0));
        for (int i = 100; i < 1100; i++) {
            seen.add(id(i), FLOOD, at(1));
        }

        assertThat(seen.size()).isEqualTo(10);
        assertThat(seen.holds(id(1), at(1))).isTrue();
        assertThat(seen.holds(id(2), at(1))).isTrue();
        assertThat(seen.holds(id(1091), at(1))).isFalse();
        assertThat(seen.holds(id(1092), at(1))).isTrue();
        assertThat(seen.holds(id(1099), at(1))).isTrue();
    }

    @Test
    void afterEvictionsTheRestStillAgesInOrder() {
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, 3), new Random(1));
        seen.add(id(1), HONEST, at(0));
        seen.add(id(2), FLOOD, at(1));
        seen.add(id(3), FLOOD, at(2));
        seen.add(id(4), FLOOD, at(3));

        assertThat(seen.holds(id(1), at(119))).isTrue();
        assertThat(seen.holds(id(3), at(120))).isTrue();
        assertThat(seen.size()).isEqualTo(2);
        assertThat(seen.holds(id(4), at(123))).isFalse();
        assertThat(seen.size()).isZero();
    }

    @Test
    void everyAnswerIsThatOfALinkedMap() { // whatever was evicted, forgotten and added again
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int most = 1 + random.nextInt(3000);
            SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, most), new Random(seed));
            Map<Bytes, Long> model = new LinkedHashMap<>();
            for (int step = 0; step < 20_000; step++) {
                Time now = at(step / 50);
                Bytes id = id(random.nextInt(2 * most));
                model.values().removeIf(since -> now.since(since) >= 120 * Time.SECOND);
                assertThat(seen.hasSeen(array(id), 0, now))
                        .as("seed " + seed + ", step " + step)
                        .isEqualTo(model.containsKey(id));
                assertThat(seen.holds(id, now)).isEqualTo(model.containsKey(id));
                if (!model.containsKey(id)) {
                    if (model.size() == most) {
                        model.remove(model.keySet().iterator().next());
                    }
                    model.put(id, now.nanos());
                    seen.add(id, HONEST, now);
                }
                assertThat(seen.size()).isEqualTo(model.size());
            }
        }
    }

    @Test
    void otherThreadsSeeWhatStaysAndNothingThatNeverCame() throws Exception { // MSH-30
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, 2000), new Random(1));
        seen.add(id(1), HONEST, at(0));
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int found = 0;
            for (int turn = 0; !isOver.get() || turn < 1000; turn++) {
                found += seen.hasSeen(array(id(-1 - turn % 5000)), 0, at(0)) ? 1 : 0;
            }
            return found;
        });
        for (int number = 2; number < 100_000; number++) {
            seen.add(id(number), FLOOD, at(0));
        }
        isOver.set(true);

        assertThat(reader.get()).isZero();
        assertThat(CompletableFuture.supplyAsync(() -> seen.hasSeen(array(id(1)), 0, at(0)))
                        .get())
                .isTrue();
    }

    private static byte[] array(Bytes id) {
        return id.toArray();
    }

    private static Bytes id(int number) {
        byte[] bytes = new byte[32];
        new SplittableRandom(number).nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static Time at(long seconds) {
        return new Time(seconds * Time.SECOND, 0);
    }
}
