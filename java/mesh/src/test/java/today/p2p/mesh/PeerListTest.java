package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Lineage;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.PeerInfo;
import today.p2p.msgpack.Bytes;

// MSH-3: of the peers that listen at most so many, chosen at random when there are more.
class PeerListTest {
    private static final int MOST = 64;

    @Test
    void ofManyAsManyAreDrawnAsMayBeEachOnce() {
        for (int count : List.of(1, 64, 65, 256, 257, 3000)) {
            List<Peer> drawn = PeerList.draw(peers(count), MOST, peer -> true, new Random(1));
            assertThat(drawn).hasSize(Math.min(count, MOST)).doesNotHaveDuplicates();
        }
    }

    @Test
    void ofManyAllThatFitAreDrawnWhenTheyAreFew() {
        List<Peer> drawn = PeerList.draw(peers(3000), MOST, peer -> peer.link().value() % 100 == 7, new Random(1));
        assertThat(drawn)
                .hasSize(30)
                .doesNotHaveDuplicates()
                .allMatch(peer -> peer.link().value() % 100 == 7);
    }

    @Test
    void ofManyEachIsAsLikelyAsAnyOther() {
        Random random = new Random(1);
        List<Peer> all = peers(512);
        int[] times = new int[512];
        for (int round = 0; round < 8000; round++) {
            PeerList.draw(all, MOST, peer -> true, random)
                    .forEach(peer -> times[(int) peer.link().value()]++);
        }
        // Each 1000 times, of which 30 are the deviation that is to be expected.
        assertThat(Arrays.stream(times).boxed()).allMatch(count -> count > 800 && count < 1200);
    }

    @Test
    void noMoreIsLookedAtThanThatTakes() {
        AtomicInteger drawn = new AtomicInteger();
        RandomGenerator counting = () -> {
            drawn.incrementAndGet();
            return drawn.get() * 0x9E3779B97F4A7C15L;
        };
        PeerList.draw(peers(100_000), MOST, peer -> true, counting);
        assertThat(drawn.get()).isLessThan(2 * MOST);
    }

    private static List<Peer> peers(int count) {
        NodeId id = NodeId.read(Bytes.ofUtf8("2")).value().orElseThrow();
        PeerInfo info = new PeerInfo(id, new Address("192.0.2.1", 1));
        return LongStream.range(0, count)
                .mapToObj(link -> new Peer(new LinkId(link), info, Lineage.KIT, info.address(), false, 0))
                .toList();
    }
}
