package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

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
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT);
        seen.add(id(1), HONEST, at(0));

        assertThat(seen.holds(id(1), new Time(120 * Time.SECOND - 1, 0))).isTrue();
        assertThat(seen.holds(id(1), at(120))).isFalse();
        assertThat(seen.size()).isZero();
    }

    @Test
    void whoFillsTheSetLosesFromItAndNobodyElse() { // max-seen
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, 10));
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
        SeenBroadcasts seen = new SeenBroadcasts(NodeLimits.DEFAULT.with(Limit.MAX_SEEN, 3));
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

    private static Bytes id(int number) {
        return Bytes.ofUtf8("id" + number);
    }

    private static Time at(long seconds) {
        return new Time(seconds * Time.SECOND, 0);
    }
}
