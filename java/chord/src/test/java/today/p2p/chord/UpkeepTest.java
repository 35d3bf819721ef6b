package today.p2p.chord;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.ids.Base58;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Handshake;
import today.p2p.kernel.Limit;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.PeerInfo;
import today.p2p.kernel.TableEffect;
import today.p2p.kernel.Time;
import today.p2p.msgpack.Bytes;

/** The links that a place on the ring needs. */
class UpkeepTest {
    private static final Address ADDRESS = new Address("203.0.113.9", 1);

    private final Members members = new Members(id(0));
    private final Outbox outbox = new Outbox(NodeLimits.DEFAULT);
    private long links;

    @Test
    void aNearerNodeThanTheWantedNeighboursIsDialledAndAFurtherOneIsNot() {
        // CRD-20
        Upkeep upkeep = upkeep(NodeLimits.DEFAULT.with(Limit.RING_NEIGHBOURS, 2));
        assertThat(upkeep.wants(named(1000))).isTrue();
        for (long place : new long[] {1000, 1010, -1000, -1010}) {
            joined(place);
        }

        assertThat(upkeep.wants(named(1005))).isTrue();
        assertThat(upkeep.wants(named(-1005))).isTrue();
        // 1020 is in the octave of 1000, and 2000 in one that holds nobody.
        assertThat(upkeep.wants(named(1020))).isFalse();
        assertThat(upkeep.wants(named(2000))).isTrue();
        joined(1900);
        assertThat(upkeep.wants(named(2000))).isFalse();
    }

    @Test
    void aboveTheLimitOfLinksNobodyIsDialledForTheRing() {
        // CRD-20
        Upkeep upkeep = upkeep(NodeLimits.DEFAULT.with(Limit.MAX_RING_LINKS, 2));
        joined(1);
        assertThat(upkeep.wants(named(5))).isTrue();
        joined(2);
        assertThat(upkeep.wants(named(5))).isFalse();
    }

    @Test
    void aRoundComesEveryFiveSecondsAFifthMoreOrLess() {
        // CRD-19
        Upkeep upkeep = upkeep(NodeLimits.DEFAULT);
        joined(1);
        Out start = at(0);
        upkeep.begin(start);
        long last = 0;
        for (int round = 0; round < 100; round++) {
            long due = upkeep.deadline().orElseThrow();
            assertThat(due - last).isBetween(4 * Time.SECOND, 6 * Time.SECOND);
            Out out = at(due);
            assertThat(upkeep.tick(out)).isTrue();
            // A ping beside it, the first time (CRD-34).
            assertThat(out.effects()).hasSize(round == 0 ? 2 : 1);
            last = due;
            upkeep.stir(out);
        }
    }

    @Test
    void aMinuteAfterTheLastChangeRoundsAreFifteenSecondsApartAndAskOnePeerEach() {
        // CRD-39
        Upkeep upkeep = upkeep(NodeLimits.DEFAULT);
        for (long place = 1; place <= 4; place++) {
            joined(place * 1000);
        }
        upkeep.begin(at(0));
        long last = 0;
        long busy = 0;
        Set<LinkId> asked = new HashSet<>();
        for (int round = 0; round < 40; round++) {
            long due = upkeep.deadline().orElseThrow();
            Out out = at(due);
            assertThat(upkeep.tick(out)).isTrue();
            boolean wasCalm = last >= 60 * Time.SECOND;
            assertThat(due - last).isBetween((wasCalm ? 12 : 4) * Time.SECOND, (wasCalm ? 18 : 6) * Time.SECOND);
            if (due >= 60 * Time.SECOND) {
                assertThat(out.effects()).hasSize(1);
                asked.add(((TableEffect.Whisper) out.effects().get(0)).link());
            } else {
                busy++;
                assertThat(out.effects()).hasSizeGreaterThanOrEqualTo(4);
            }
            last = due;
        }
        assertThat(asked).hasSize(4);
        assertThat(busy).isBetween(9L, 15L);

        // The next change ends that.
        upkeep.stir(at(last + Time.SECOND));
        assertThat(upkeep.deadline().orElseThrow() - last).isBetween(4 * Time.SECOND, 7 * Time.SECOND);
    }

    @Test
    void theLossOfALinkBringsARoundSoonButNotMoreThanOneASecond() {
        // CRD-19
        Upkeep upkeep = upkeep(NodeLimits.DEFAULT);
        joined(1);
        upkeep.begin(at(0));
        upkeep.hurry(at(Time.SECOND / 2));
        assertThat(upkeep.deadline()).hasValue(Time.SECOND);
        upkeep.hurry(at(2 * Time.SECOND));
        assertThat(upkeep.deadline()).hasValue(Time.SECOND);
        upkeep.tick(at(2 * Time.SECOND));
        upkeep.hurry(at(5 * Time.SECOND));
        assertThat(upkeep.deadline()).hasValue(5 * Time.SECOND);
    }

    private Upkeep upkeep(NodeLimits limits) {
        return new Upkeep(
                id(0), limits, RandomGeneratorFactory.of("L64X128MixRandom").create(1), members);
    }

    private void joined(long place) {
        LinkId link = new LinkId(++links);
        members.add(link, new Handshake(id(place), ADDRESS, List.of(), List.of()));
        members.set(link, true, new Time(0, 0));
        outbox.begin(link);
    }

    private static PeerInfo named(long place) {
        return new PeerInfo(id(place), ADDRESS);
    }

    private Out at(long nanos) {
        return new Out(new Time(nanos, 0), outbox);
    }

    private static NodeId id(long place) {
        BigInteger number = RingId.of(BigInteger.valueOf(place)).value();
        return NodeId.read(Bytes.ofUtf8(Base58.write(number))).value().orElseThrow();
    }
}
