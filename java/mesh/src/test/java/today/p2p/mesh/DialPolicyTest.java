package today.p2p.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import today.p2p.kernel.Address;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;

/** MSH-7. */
class DialPolicyTest {
    private static final Address STRANGER = new Address("198.51.100.7", 50_000);

    private final DialPolicy policy = new DialPolicy(NodeLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        // named, from a public address, from a private one, from a loopback one
        "203.0.113.1, yes, yes, yes",
        "2001:db8::1, yes, yes, yes",
        "2606:4700::1111, yes, yes, yes",
        "10.0.0.1, no, yes, yes",
        "172.16.0.1, no, yes, yes",
        "172.31.255.255, no, yes, yes",
        "172.32.0.1, yes, yes, yes",
        "192.168.1.1, no, yes, yes",
        "100.64.0.1, no, yes, yes",
        "100.128.0.1, yes, yes, yes",
        "fd00::1, no, yes, yes",
        "127.0.0.1, no, no, yes",
        "127.255.255.254, no, no, yes",
        "::1, no, no, yes",
        "::ffff:127.0.0.1, no, no, yes",
        "::ffff:7f00:1, no, no, yes",
        "64:ff9b::7f00:1, no, no, yes",
        "2002:7f00:1::, no, no, yes",
        "169.254.169.254, no, no, no",
        "fe80::1, no, no, no",
        "0.0.0.0, no, no, no",
        "::, no, no, no",
        "224.0.0.1, no, no, no",
        "239.255.255.250, no, no, no",
        "240.0.0.1, no, no, no",
        "255.255.255.255, no, no, no",
        "ff02::1, no, no, no",
        "example.org, no, no, no",
        "localhost, no, no, no",
        "0177.0.0.1, no, no, no",
        "127.1, no, no, no",
        "2130706433, no, no, no",
        "1.2.3.4.5, no, no, no",
        "256.1.1.1, no, no, no",
        "1::2::3, no, no, no",
        "1:2:3:4:5:6:7, no, no, no",
        "1:2:3:4:5:6:7:8:9, no, no, no",
        "fe80::1%eth0, no, no, no"
    })
    void addressesAreFitOnlyForCertainNamers(String named, String fromPublic, String fromPrivate, String fromSelf) {
        assertThat(answer(named, "198.51.100.7")).isEqualTo(fromPublic);
        assertThat(answer(named, "192.168.0.9")).isEqualTo(fromPrivate);
        assertThat(answer(named, "127.0.0.1")).isEqualTo(fromSelf);
    }

    @Test
    void portZeroIsNoPort() {
        assertThat(policy.allows(new Address("203.0.113.1", 0), STRANGER, at(0)))
                .isFalse();
        assertThat(policy.allows(new Address("203.0.113.1", 1), STRANGER, at(0)))
                .isTrue();
    }

    @Test
    void oneNamerCausesAtMostMaxDialsPerSourceInAWindow() { // max-dials-per-source, dial-window
        for (int i = 1; i <= 8; i++) {
            assertThat(policy.allows(target(i), STRANGER, at(0))).isTrue();
        }
        assertThat(policy.allows(target(9), STRANGER, at(59))).isFalse();
        assertThat(policy.allows(target(9), new Address("198.51.100.8", 1), at(59)))
                .isTrue();
        assertThat(policy.allows(target(10), STRANGER, at(60))).isTrue();
    }

    @Test
    void oneAddressIsDialledOnceInDialAgainWhoeverNamesIt() { // dial-again
        assertThat(policy.allows(target(1), STRANGER, at(0))).isTrue();
        assertThat(policy.allows(new Address("::ffff:203.0.113.1", 1), new Address("198.51.100.8", 1), at(1)))
                .as("another way to write it")
                .isFalse();
        assertThat(policy.allows(target(1), STRANGER, at(599))).isFalse();
        assertThat(policy.allows(target(1), STRANGER, at(600))).isTrue();
    }

    @Test
    void theMemoryOfDialsIsBounded() { // max-dials
        DialPolicy small = new DialPolicy(NodeLimits.DEFAULT.with(Limit.MAX_DIALS, 2));
        assertThat(small.allows(target(1), STRANGER, at(0))).isTrue();
        assertThat(small.allows(target(2), STRANGER, at(0))).isTrue();
        assertThat(small.allows(target(3), STRANGER, at(599))).isFalse();
        assertThat(small.allows(target(3), STRANGER, at(600))).isTrue();
    }

    @Test
    void aDialThatHasFoundItsNodeNoLongerCountsForItsNamer() { // MSH-28, max-dials-found
        for (int i = 1; i <= 64; i++) {
            assertThat(policy.allows(target(i), STRANGER, at(0))).as("%d", i).isTrue();
            policy.found(target(i), at(0));
        }
        for (int i = 65; i <= 72; i++) {
            assertThat(policy.allows(target(i), STRANGER, at(1))).as("%d", i).isTrue();
            policy.found(target(i), at(1));
        }
        assertThat(policy.allows(target(73), STRANGER, at(59)))
                .as("72 of which 64 are above the count")
                .isFalse();
        assertThat(policy.allows(target(73), STRANGER, at(61))).isTrue();
    }

    @Test
    void whoNamesMadeUpAddressesAmongTrueOnesHasNoMoreOfThem() { // MSH-28
        for (int i = 1; i <= 8; i++) {
            assertThat(policy.allows(target(i), STRANGER, at(0))).isTrue();
        }
        policy.found(target(1), at(1));
        assertThat(policy.allows(target(9), STRANGER, at(1))).isTrue();
        assertThat(policy.allows(target(10), STRANGER, at(1))).isFalse();
    }

    @Test
    void whereANodeWasFoundIsDialledAgainSooner() { // MSH-29, found-again
        assertThat(policy.allows(target(1), STRANGER, at(0))).isTrue();
        policy.found(target(1), at(1));
        assertThat(policy.allows(target(1), STRANGER, at(9))).isFalse();
        assertThat(policy.allows(target(1), STRANGER, at(10))).isTrue();
    }

    @Test
    void aFurtherDialCountsInPlaceOfTheOneBefore() { // MSH-29, max-dials, max-dials-per-source
        policy.found(target(1), at(0));
        assertThat(policy.allows(target(1), STRANGER, at(0))).isTrue();
        assertThat(policy.allows(target(1), STRANGER, at(20))).isTrue();
        for (int i = 2; i <= 8; i++) {
            assertThat(policy.allows(target(i), STRANGER, at(21))).as("%d", i).isTrue();
        }
        assertThat(policy.allows(target(9), STRANGER, at(79)))
                .as("the dial at 20 s is in the window")
                .isFalse();
        assertThat(policy.allows(target(9), STRANGER, at(80))).isTrue();
    }

    @Test
    void eachDialInVainDoublesThePause() { // MSH-29, found-again, dial-again
        policy.found(target(1), at(0));
        long last = 0;
        assertThat(policy.allows(target(1), STRANGER, at(last))).isTrue();
        for (long pause : new long[] {20, 40, 80, 160, 320, 600, 600}) {
            assertThat(policy.allows(target(1), STRANGER, at(last + pause - 1)))
                    .as("%d", pause)
                    .isFalse();
            last += pause;
            assertThat(policy.allows(target(1), STRANGER, at(last)))
                    .as("%d", pause)
                    .isTrue();
        }
        policy.found(target(1), at(last));
        assertThat(policy.allows(target(1), STRANGER, at(last + 10))).isTrue();
    }

    @Test
    void theMemoryOfWhereNodesWereFoundIsBounded() { // MSH-29, max-dials
        DialPolicy small = new DialPolicy(NodeLimits.DEFAULT.with(Limit.MAX_DIALS, 2));
        for (int i = 1; i <= 3; i++) {
            small.found(target(i), at(0));
        }
        assertThat(small.allows(target(1), STRANGER, at(0))).isTrue();
        assertThat(small.allows(target(1), STRANGER, at(599))).as("forgotten").isFalse();
        assertThat(small.allows(target(3), STRANGER, at(0))).isTrue();
        assertThat(small.allows(target(3), STRANGER, at(20))).as("full").isFalse();
        assertThat(small.allows(target(3), STRANGER, at(600))).isTrue();
    }

    private static String answer(String named, String from) {
        DialPolicy fresh = new DialPolicy(NodeLimits.DEFAULT);
        return fresh.allows(new Address(named, 4444), new Address(from, 1), at(0)) ? "yes" : "no";
    }

    private static Address target(int i) {
        return new Address("203.0.113." + i, 1);
    }

    private static Time at(long seconds) {
        return new Time(seconds * Time.SECOND, 1_500_000_000L);
    }
}
