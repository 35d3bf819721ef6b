package today.p2p.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import today.p2p.kernel.Limit;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.mesh.HostGroup;

/** MSH-26, max-faults 8, forget-fault 30 s, max-shunned. */
class ShunnedTest {
    private static final HostGroup HOST = HostGroup.of("192.0.2.1");
    private static final HostGroup OTHER = HostGroup.of("192.0.2.2");

    private final Shunned shunned = new Shunned(NodeLimits.DEFAULT);
    private long nanos = -5;

    @Test
    void anAddressIsShunnedAtMaxFaultsAndNotBefore() { // MSH-26
        fault(HOST, 7);
        assertThat(holds(HOST)).isFalse();

        fault(HOST, 1);
        assertThat(holds(HOST)).isTrue();
        assertThat(holds(OTHER)).isFalse();
    }

    @Test
    void aFaultIsForgottenEveryForgetFault() { // MSH-26, forget-fault
        fault(HOST, 8);
        nanos += 30 * Time.SECOND - 1;
        assertThat(holds(HOST)).isTrue();
        nanos++;
        assertThat(holds(HOST)).isFalse();

        fault(HOST, 1);
        assertThat(holds(HOST)).isTrue();
        nanos += 240 * Time.SECOND;
        fault(HOST, 7);
        assertThat(holds(HOST)).as("all were forgotten").isFalse();
    }

    @Test
    void faultsBeyondTheMostDoNotCount() { // MSH-26
        fault(HOST, 1000);
        nanos += 30 * Time.SECOND;

        assertThat(holds(HOST)).isFalse();
    }

    @Test
    void atMostSoManyAreRememberedAndTheOldestFaultGoesFirst() { // MSH-26, max-shunned
        Shunned two = new Shunned(NodeLimits.DEFAULT.with(Limit.MAX_SHUNNED, 2).with(Limit.MAX_FAULTS, 1));
        Time now = new Time(0, 0);
        two.fault(HOST, now);
        two.fault(OTHER, now);
        two.fault(HOST, now);
        assertThat(two.holds(OTHER, now)).isTrue();

        two.fault(HostGroup.of("192.0.2.3"), now);
        assertThat(two.holds(OTHER, now)).isFalse();
        assertThat(two.holds(HOST, now)).isTrue();
    }

    @Test
    void allAddressesOfAPrefixAreOne() { // MSH-26, MSH-6
        fault(HostGroup.of("2001:db8:1:2::1"), 8);

        assertThat(holds(HostGroup.of("2001:db8:1:2:ffff::9"))).isTrue();
        assertThat(holds(HostGroup.of("2001:db8:1:3::1"))).isFalse();
    }

    private void fault(HostGroup host, int times) {
        for (int time = 0; time < times; time++) {
            shunned.fault(host, new Time(nanos, 0));
        }
    }

    private boolean holds(HostGroup host) {
        return shunned.holds(host, new Time(nanos, 0));
    }
}
