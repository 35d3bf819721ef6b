package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.LinkId;

class LinkMapTest {
    @Test
    void holdsWhatASortedMapHoldsInItsOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LinkMap<Integer> map = new LinkMap<>();
        TreeMap<LinkId, Integer> expected = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            // It grows and shrinks in turns.
            boolean grows = step / 2000 % 2 == 0;
            LinkId link = new LinkId(random.nextInt(400) - 200L);
            if (random.nextInt(4) == 0 ^ grows) {
                assertThat(map.put(link, step)).as("seed %d", seed).isEqualTo(expected.put(link, step));
            } else {
                assertThat(map.remove(link)).as("seed %d", seed).isEqualTo(expected.remove(link));
            }
            assertThat(map.get(link)).as("seed %d", seed).isEqualTo(expected.get(link));
            assertThat(map.size()).as("seed %d", seed).isEqualTo(expected.size());
            if (step % 50 == 0) {
                assertThat(map.values()).as("seed %d", seed).containsExactlyElementsOf(expected.values());
            }
        }
    }
}
